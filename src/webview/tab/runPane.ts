import type {
  PanelToHost,
  RunView,
  StatementView,
  TabDeed,
  TabView,
} from "../../protocol/panel";
import { make, rebuild, setAttributes } from "../dom";
import { icon } from "../icons";
import { ComparedRows } from "../compare/comparedRows";
import type { ResultApi } from "../resultCalls";
import type { GridModel } from "../grid/gridModel";
import type { ResultModels } from "../resultModels";
import { RunHeader } from "../runHeader";
import type { PageActions } from "../shell/pageActions";
import type { TabStates } from "../shell/tabStates";
import { TabTools } from "../shell/tabTools";
import { StatementPane, type PaneListener } from "../statementPane";
import { StatementTabs } from "../statementTabs";
import { StatusLine } from "../statusLine";
import { rowsOf } from "../texts";
import type { Drawer } from "../viewState";
import { MessagesDrawer } from "./messagesDrawer";
import { PageRowsTold } from "./pageRowsTold";
import { insteadOfRows } from "./rowsStateView";
import { SelectionAggregates } from "./selectionAggregates";

const paneId = "pane";
const drawerId = "drawer";
/** The place in the rows is stored when scrolling pauses for this many milliseconds. */
const storeAfterMs = 200;

/** What a run's pane is given. */
export interface RunPaneParts {
  readonly post: (message: PanelToHost) => void;
  readonly deed: (tabId: string, deed: TabDeed) => void;
  readonly states: TabStates;
  readonly models: () => ResultModels;
  readonly api: ResultApi;
  readonly actions: PageActions;
}

/** One tab: its run's header, its statements, the rows or what else is to be said, and the line below. */
export class RunPane {
  readonly element = make("div", "run");
  readonly #header: RunHeader;
  readonly #tools: TabTools;
  readonly #problem = make("div", "tab-problem");
  readonly #tabs: StatementTabs;
  readonly #pane: StatementPane;
  readonly #status: StatusLine;
  readonly #aggregates: SelectionAggregates;
  readonly #told: PageRowsTold;
  readonly #drawer = new MessagesDrawer(drawerId);
  /** What is compared with another page's rows. */
  readonly compared: ComparedRows;
  #shown: { readonly tab: TabView; readonly run: RunView } | null = null;
  #model: GridModel | null = null;
  #storing: number | null = null;

  constructor(private readonly parts: RunPaneParts) {
    this.#tools = new TabTools(parts.deed);
    this.#header = new RunHeader((runId) => {
      parts.post({ type: "cancel", runId });
    }, this.#tools.element);
    this.#tabs = new StatementTabs(paneId, (index) => {
      this.#choose(index);
    });
    this.#pane = new StatementPane(this.#paneListener(), {
      api: parts.api,
      actions: parts.actions,
      savePicture: (picture) => {
        parts.post({ type: "savePicture", ...picture });
      },
    });
    this.#status = new StatusLine(drawerId, (drawer) => {
      this.#toggle(drawer);
    });
    this.#aggregates = new SelectionAggregates(parts.api, (text) => {
      this.#status.showSelection(text);
    });
    this.#told = new PageRowsTold((rows) => {
      parts.post({ type: "shows", rows });
    });
    this.compared = new ComparedRows({
      api: parts.api,
      post: parts.post,
      grid: this.#pane.grid,
      model: () => this.#model,
    });
    this.compared.registerActions(parts.actions);
    this.#tools.element.prepend(this.compared.bar.tools);
    this.#build();
    this.#registerActions();
  }

  /** Shows a tab's run; `restored` says that it had begun before this page could see it. */
  show(tab: TabView, run: RunView, alone: boolean, restored: boolean): void {
    if (tab.tabId !== this.#shown?.tab.tabId) this.remember();
    this.#shown = { tab, run };
    this.#tools.update(tab, alone);
    this.#header.update(run, restored);
    const problem = tab.rows === "here" ? tab.problem : null;
    this.#problem.hidden = problem === null;
    rebuild(this.#problem, problem ?? "", () => [
      make("span", "banner-mark", icon("warning", "tone-warning")),
      make("span", "banner-text", problem ?? ""),
    ]);
    this.#draw();
  }

  /** Stores what has not been stored yet: another run is about to take this one's place. */
  remember(): void {
    if (this.#storing !== null) this.#storeNow();
  }

  /** Rows of a result arrived. */
  rowsArrived(resultId: string): void {
    if (this.#shows(resultId)) this.#pane.grid.rowsArrived();
  }

  /** Rows of a result could not be read; null when they can again. */
  rowsFailed(resultId: string, message: string | null): void {
    if (this.#shows(resultId)) this.#pane.showFailure(message);
  }

  /** Puts the keyboard on the rows, or on what is in their place. */
  focusRows(): void {
    this.#pane.focus();
  }

  /** Puts the keyboard on what can be done with the tab. */
  focusTools(): void {
    this.#tools.focus();
  }

  #paneListener(): PaneListener {
    const { post } = this.parts;
    return {
      post,
      moved: () => {
        this.#moved();
      },
      action: (index, action) => {
        const runId = this.#shown?.run.runId;
        if (runId !== undefined)
          post({ type: "errorAction", runId, index, action });
      },
    };
  }

  #build(): void {
    this.#pane.element.id = paneId;
    this.element.append(
      this.#header.element,
      this.#problem,
      this.compared.bar.element,
      make("div", "main", this.#tabs.element, this.#pane.element),
      this.#drawer.element,
      this.#status.element,
    );
  }

  #registerActions(): void {
    const { actions } = this.parts;
    actions.register("focusRows", () => {
      this.focusRows();
    });
    actions.register("nextStatement", () => {
      this.#step(1);
    });
    actions.register("previousStatement", () => {
      this.#step(-1);
    });
    actions.register("toggleMessages", () => {
      this.#toggle("messages");
    });
    actions.register("toggleSent", () => {
      this.#toggle("sent");
    });
  }

  #draw(): void {
    if (this.#shown === null) return;
    const { tab, run } = this.#shown;
    const index = this.#selected(run);
    const statement = run.statements[index];
    if (statement === undefined) return;
    this.#tabs.update(run, index);
    const several = run.statements.length > 1;
    setAttributes(this.#pane.element, {
      role: several ? "tabpanel" : null,
      "aria-labelledby": several ? `tab-${index}` : null,
    });
    const instead = insteadOfRows(tab, (deed) => {
      this.parts.deed(tab.tabId, deed);
    });
    const state = this.parts.states.of(tab);
    this.#model = null;
    const hasGrid = this.#pane.update(
      run,
      statement,
      (shown) => (this.#model = this.parts.models().of(run, shown, state)),
      instead,
    );
    const wanted = hasGrid ? this.parts.states.drawer : null;
    const drawer = this.#drawer.show(statement, wanted);
    this.#status.update(statement, drawer, hasGrid);
    this.#tellSelection();
  }

  /** The statement that the user chose; else the one that runs, failed, or was the last to give rows. */
  #selected(run: RunView): number {
    const tab = this.#shown?.tab;
    const chosen = tab === undefined ? null : this.parts.states.of(tab).chosen;
    if (chosen !== null && chosen < run.statements.length) return chosen;
    const find = (test: (statement: StatementView) => boolean) =>
      run.statements.findLastIndex(test);
    const candidates = [
      find(({ state }) => state === "running"),
      find(({ state }) => state === "failed" || state === "cancelled"),
      find((statement) => rowsOf(statement) !== null),
      find(({ state }) => state !== "waiting" && state !== "notRun"),
    ];
    return candidates.find((index) => index >= 0) ?? 0;
  }

  #shows(resultId: string): boolean {
    const run = this.#shown?.run;
    const statement = run?.statements[this.#selected(run)];
    return statement !== undefined && rowsOf(statement)?.resultId === resultId;
  }

  #step(by: number): void {
    const run = this.#shown?.run;
    if (run === undefined) return;
    const to = this.#selected(run) + by;
    if (to >= 0 && to < run.statements.length) this.#choose(to);
  }

  #choose(index: number): void {
    if (this.#shown === null) return;
    this.parts.states.change(this.#shown.tab, { chosen: index });
    this.#draw();
  }

  #toggle(drawer: Drawer): void {
    const { states } = this.parts;
    states.drawer = states.drawer === drawer ? null : drawer;
    this.#draw();
  }

  #moved(): void {
    this.#tellSelection();
    this.compared.moved();
    if (this.#storing !== null) window.clearTimeout(this.#storing);
    this.#storing = window.setTimeout(() => {
      this.#storeNow();
    }, storeAfterMs);
  }

  /** What is shown and selected, if anything: told below the rows, and to the host. */
  #tellSelection(): void {
    this.#status.showPassing(this.#model);
    const area = this.#model === null ? null : this.#pane.grid.selectedArea();
    this.#aggregates.select(area);
    this.#told.tell(this.#model, area);
  }

  #storeNow(): void {
    if (this.#storing !== null) window.clearTimeout(this.#storing);
    this.#storing = null;
    if (this.#shown === null) return;
    const { tab, run } = this.#shown;
    const { models, states } = this.parts;
    states.change(tab, models().noted(run, states.of(tab)));
  }
}
