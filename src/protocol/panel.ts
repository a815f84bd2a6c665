/** Extension host ⇄ results panel (webview). The page holds no state that the host cannot send again. */
import type { EnvironmentRole } from "../core/connections/attachment";
import type { ErrorAction, ErrorInfo } from "../core/errors/errorInfo";
import type { Cell, ResultPage } from "../core/results/result";
import type { StatementOutcome } from "./engine";
import type { ComparedSide, Comparison } from "./comparison";
import type { PanelAction } from "./panelActions";
import type { PanelMethod } from "./panelMethods";
import type {
  CellArea,
  ResultEvents,
  ResultRequests,
  RowsRef,
} from "./results";

/** One statement of a run as the panel shows it. */
export interface StatementView {
  readonly index: number;
  /** Redacted text, for headers and tooltips. */
  readonly text: string;
  readonly state: "waiting" | "running" | StatementOutcome["status"] | "notRun";
  /** Known (with columns) as soon as the first rows can be paged, before the statement has ended. */
  readonly result: {
    readonly resultId: string;
    readonly columns: StatementOutcome["columns"];
    readonly rowCount: number;
    /** As `StatementOutcome.timeZone`, which repeats it at the end. */
    readonly timeZone?: string | null;
  } | null;
  /** Between 0 and 100; null when unknown. */
  readonly percentage: number | null;
  /** True while the user is asked whether it may write to a server. */
  readonly confirming?: boolean;
  /** Notices so far; `outcome` repeats them at the end. */
  readonly notices: StatementOutcome["notices"];
  /** Null while it waits or runs. */
  readonly outcome: StatementOutcome | null;
}

/** One run as the panel shows it. */
export interface RunView {
  readonly runId: string;
  /** `DuckDB`, or the alias that it ran on natively. */
  readonly target: string;
  readonly native: boolean;
  /** What the servers that it is about are used for, the most delicate of them; null or absent when that is not said. */
  readonly environment?: EnvironmentRole | null;
  /** File name the statements came from. */
  readonly source: string;
  /** Milliseconds since the epoch, by the host's clock. */
  readonly startedAt: number;
  readonly state:
    "running" | "cancelling" | "succeeded" | "failed" | "cancelled";
  readonly statements: readonly StatementView[];
}

/**
 * Where a tab's rows are: `here` can be paged; `saved` are in a file that is opened when the tab is shown; `gone` were
 * in an engine that has ended; `broken` were in a file that cannot be read.
 */
export type TabRows = "here" | "saved" | "gone" | "broken";

/** One tab of results: a run, and what the user made of it. */
export interface TabView {
  readonly tabId: string;
  /** A file's name, or what the user calls it. */
  readonly title: string;
  readonly pinned: boolean;
  /** The run that it shows, which is sent once and again when it changes. */
  readonly runId: string;
  readonly target: string;
  readonly native: boolean;
  /** Milliseconds since the epoch, by the host's clock. */
  readonly startedAt: number;
  readonly state: RunView["state"];
  readonly rows: TabRows;
  /** Why the rows cannot be had or could not be saved, in one sentence; null when all is well. */
  readonly problem: string | null;
  /** False when the statements are not known as they were: credentials in them are not kept. */
  readonly canRerun: boolean;
}

/** The tabs of a page. */
export interface TabsView {
  readonly tabs: readonly TabView[];
  /** The tab that is shown; null without tabs. */
  readonly active: string | null;
  /** Runs that the page has not been sent yet. */
  readonly runs: readonly RunView[];
  /** The page stands beside others in an editor and shows one tab only. */
  readonly alone: boolean;
  /** The zone in which times with a zone are to be shown; null or absent for that of each run. */
  readonly timeZone?: string | null;
  /** What the page remembered of tabs, by their ids: as `remember` said it, in this window or an earlier one. */
  readonly memories?: Readonly<Record<string, string>>;
  /** What the rows of this page are compared with; null or absent while no other page shows others. */
  readonly compared?: ComparedView | null;
}

/** The other one of two pages whose rows are compared, side by side. */
export interface ComparedView {
  readonly title: string;
  /** Both scroll together. */
  readonly together: boolean;
  /** What differs; null until the user wants to know. */
  readonly differences: DifferencesView | null;
}

/** What is known of the differences between two results, as one of the two pages sees them. */
export type DifferencesView =
  | { readonly state: "running"; readonly taskId: string }
  | { readonly state: "failed"; readonly message: string }
  /** One of the pages shows other rows by now. */
  | { readonly state: "stale" }
  | {
      readonly state: "done";
      readonly comparison: Comparison;
      /** Which of the two this page has. */
      readonly side: ComparedSide;
      /** Whether these are all rows of both: false while some arrive, and after an error or a cancel. */
      readonly isComplete: boolean;
      /** Names of the columns by which rows were paired; empty for by their places. */
      readonly keys: readonly string[];
      /** Names of columns that only the one has, or only the other. */
      readonly columnsHere: readonly string[];
      readonly columnsThere: readonly string[];
      /** Which of the differing rows the user has come to, from 1; null before the first step. */
      readonly ordinal: number | null;
    };

/** What the user does while results are compared. */
export type CompareDeed =
  "together" | "start" | "chooseKey" | "cancel" | "next" | "previous" | "end";

/** Where rows are scrolled to, for another page with its own widths and columns. */
export interface ScrollPlace {
  /** At the upper edge, with a fraction. */
  readonly row: number;
  /** The first column in sight, by its name and its place among those of that name; null without columns. */
  readonly column: {
    readonly name: string;
    readonly ordinal: number;
    /** How much of it is beyond the edge, between 0 and 1. */
    readonly part: number;
  } | null;
}

/** What the user does with a tab. */
export type TabDeed =
  | "show"
  | "close"
  | "closeOthers"
  | "rename"
  | "pin"
  | "unpin"
  | "rerun"
  | "openBeside";

/** Host → page. */
export type HostToPanel =
  /** The whole state: answers `ready`, and after a reload. */
  | ({ readonly type: "state" } & TabsView)
  /** Tabs came, went or changed. */
  | ({ readonly type: "tabs" } & TabsView)
  /** The run of a tab changed. */
  | { readonly type: "run"; readonly run: RunView }
  /** A command of the palette or a key: what it does is the page's. */
  | { readonly type: "do"; readonly action: PanelAction }
  /** The page that is compared with this one was scrolled. */
  | { readonly type: "follow"; readonly place: ScrollPlace }
  /** Brings a cell of what differs into sight. */
  | {
      readonly type: "reveal";
      readonly row: number;
      /** Null for the column where the keyboard is. */
      readonly column: number | null;
      /** The other page follows this one to where it stands then. */
      readonly leads: boolean;
    }
  /** Answers `page`. */
  | {
      readonly type: "page";
      readonly requestId: number;
      readonly resultId: string;
      readonly offset: number;
      readonly rows: readonly (readonly Cell[])[];
      /** As `ResultPage.cut`. */
      readonly cut?: ResultPage["cut"];
    }
  /** Answers `page` when the rows cannot be had. */
  | {
      readonly type: "pageFailed";
      readonly requestId: number;
      readonly message: string;
    }
  /** Answers `call`: what the engine answered. */
  | {
      readonly type: "answer";
      readonly callId: number;
      readonly result: ResultRequests[PanelMethod]["result"];
    }
  /** Answers `call` when it failed. */
  | {
      readonly type: "callFailed";
      readonly callId: number;
      readonly error: ErrorInfo;
    }
  /** A task that a `call` has begun goes on. */
  | ({ readonly type: "taskProgress" } & ResultEvents["taskProgress"]);

/** A request of the page's that the host hands to the engine, when it is about a result that is shown. */
export type PanelCall = {
  readonly [M in PanelMethod]: {
    readonly type: "call";
    /** Chosen by the page; counts apart from `requestId`. */
    readonly callId: number;
    readonly method: M;
    readonly params: ResultRequests[M]["params"];
  };
}[PanelMethod];

/** Which rows a page shows, and what of them is selected: commands that name no cells are about these. */
export interface PageRows extends RowsRef {
  /** Rows of the view; null for as many as the result has. */
  readonly viewRows: number | null;
  /** Columns of the result as they are shown: in this order, without those that are hidden. */
  readonly columns: readonly number[];
  readonly selection: CellArea | null;
}

/** Page → host. */
export type PanelToHost =
  /** The page has loaded and listens. */
  | { readonly type: "ready" }
  | PanelCall
  /** Asks for rows of a result. */
  | {
      readonly type: "page";
      readonly requestId: number;
      readonly resultId: string;
      readonly viewId?: string | null;
      readonly offset: number;
      readonly limit: number;
      readonly timeZone?: string | null;
    }
  /** The user does something with a tab. */
  | { readonly type: "tab"; readonly tabId: string; readonly deed: TabDeed }
  /** How the user arranged, sorted and filtered a tab's results, for the page alone to read: kept with a pinned tab. */
  | {
      readonly type: "remember";
      readonly tabId: string;
      readonly memory: string;
    }
  /** The page has the keyboard, or lost it. */
  | { readonly type: "focus"; readonly focused: boolean }
  /** The page shows other rows than before, or others of them are selected; null when it shows none. */
  | { readonly type: "shows"; readonly rows: PageRows | null }
  /** The rows were scrolled by the user, while they are compared. */
  | { readonly type: "scrolled"; readonly place: ScrollPlace }
  /** Something is to be done about what is compared; `at` is where the keyboard is. */
  | {
      readonly type: "compare";
      readonly deed: CompareDeed;
      readonly at: { readonly row: number; readonly column: number };
    }
  /** The cancel button. */
  | { readonly type: "cancel"; readonly runId: string }
  /** One of an error's offered actions. */
  | {
      readonly type: "errorAction";
      readonly runId: string;
      readonly index: number;
      readonly action: ErrorAction;
    }
  /** The user wants the values of a result as the server has them. */
  | { readonly type: "exactWay"; readonly resultId: string }
  /** Keep the picture of a chart in a file that the user chooses. */
  | {
      readonly type: "savePicture";
      readonly format: "png" | "svg";
      /** Base64 of a PNG, or the text of an SVG. */
      readonly content: string;
    }
  /** Copy cells as TSV: the host fetches the rows and writes the clipboard. */
  | {
      readonly type: "copy";
      readonly area: CellArea;
      readonly headers: boolean;
    };
