/** Extension host ⇄ results panel (webview). The page holds no state that the host cannot send again. */
import type { EnvironmentRole } from "../core/connections/attachment";
import type { ErrorAction, ErrorInfo } from "../core/errors/errorInfo";
import type { Cell, ResultPage } from "../core/results/result";
import type { StatementOutcome } from "./engine";
import type {
  CellArea,
  PanelMethod,
  ResultEvents,
  ResultRequests,
} from "./results";

/** One statement of a run as the panel shows it. */
export interface StatementView {
  readonly index: number;
  /** Redacted text, for headers and tooltips. */
  readonly text: string;
  readonly state: "waiting" | "running" | StatementOutcome["status"];
  /** Known (with columns) as soon as the first rows can be paged, before the statement has ended. */
  readonly result: {
    readonly resultId: string;
    readonly columns: StatementOutcome["columns"];
    readonly rowCount: number;
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

/** Host → page. */
export type HostToPanel =
  /** The whole state: answers `ready`, and after a reload. Newest run last; null when nothing has been run. */
  | { readonly type: "state"; readonly run: RunView | null }
  /** The shown run changed. */
  | { readonly type: "run"; readonly run: RunView }
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
  /** The cancel button. */
  | { readonly type: "cancel"; readonly runId: string }
  /** One of an error's offered actions. */
  | {
      readonly type: "errorAction";
      readonly runId: string;
      readonly index: number;
      readonly action: ErrorAction;
    }
  /** Copy cells as TSV: the host fetches the rows and writes the clipboard. */
  | {
      readonly type: "copy";
      readonly area: CellArea;
      readonly headers: boolean;
    };
