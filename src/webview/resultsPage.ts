import type { HostToPanel, RunView, StatementView } from "../protocol/panel";
import { Announcer } from "./announcer";
import { make, rebuild, setAttributes } from "./dom";
import { noticesOf, noticesView, sentView } from "./outcomeViews";
import { PageBroker } from "./pageBroker";
import { firstView } from "./plainViews";
import type { PanelPort } from "./port";
import { ResultCalls } from "./resultCalls";
import { ResultModels } from "./resultModels";
import { RunHeader } from "./runHeader";
import { StatementPane } from "./statementPane";
import { StatementTabs } from "./statementTabs";
import { StatusLine } from "./statusLine";
import { endSentence, rowsOf } from "./texts";
import type { Drawer, ViewState } from "./viewState";
import { freshState, readViewState } from "./viewState";

const paneId = "pane";
const drawerId = "drawer";
/** The place in the rows is stored when scrolling pauses for this many milliseconds. */
const storeAfterMs = 200;

/** The results panel: shows the run that the host pushes, and fetches its rows. */
export class ResultsPage {
  readonly #broker: PageBroker;
  readonly #calls: ResultCalls;
  readonly #header: RunHeader;
  readonly #tabs: StatementTabs;
  readonly #pane: StatementPane;
  readonly #status: StatusLine;
  readonly #announcer = new Announcer();
  readonly #drawer = make("section", "drawer");
  readonly #run = make("div", "run");
  readonly #first = firstView();
  readonly #models: ResultModels;
  #shown: RunView | null = null;
  #state: ViewState;
  #storing: number | null = null;

  constructor(
    root: HTMLElement,
    private readonly port: PanelPort,
  ) {
    this.#state = readViewState(port.loadState());
    this.#broker = new PageBroker(port);
    this.#calls = new ResultCalls(port);
    this.#models = new ResultModels(this.#broker, this.#calls, (resultId) => ({
      rowsArrived: () => {
        if (this.#shows(resultId)) this.#pane.grid.rowsArrived();
      },
      failed: (message) => {
        if (this.#shows(resultId)) this.#pane.showFailure(message);
      },
    }));
    this.#header = new RunHeader((runId) => {
      port.post({ type: "cancel", runId });
    });
    this.#tabs = new StatementTabs(paneId, (index) => {
      this.#choose(index);
    });
    this.#pane = new StatementPane({
      copy: (area, headers) => {
        port.post({ type: "copy", area, headers });
      },
      moved: () => {
        this.#moved();
      },
      action: (index, action) => {
        const runId = this.#shown?.runId;
        if (runId !== undefined)
          port.post({ type: "errorAction", runId, index, action });
      },
    });
    this.#status = new StatusLine(drawerId, (drawer) => {
      this.#toggle(drawer);
    });
    this.#build(root);
    port.onMessage((message) => {
      this.#accept(message);
    });
    port.post({ type: "ready" });
  }

  #build(root: HTMLElement): void {
    this.#pane.element.id = paneId;
    this.#drawer.id = drawerId;
    this.#drawer.tabIndex = 0;
    this.#run.append(
      this.#header.element,
      make("main", "main", this.#tabs.element, this.#pane.element),
      this.#drawer,
      this.#status.element,
    );
    this.#run.hidden = true;
    this.#first.hidden = true;
    root.append(this.#run, this.#first, this.#announcer.element);
  }

  #accept(message: HostToPanel): void {
    switch (message.type) {
      case "state":
        this.#broker.reset();
        this.#first.hidden = message.run !== null;
        this.#run.hidden = message.run === null;
        if (message.run === null) this.#shown = null;
        else this.#show(message.run, true);
        return;
      case "run":
        this.#show(message.run, false);
        return;
      case "page":
      case "pageFailed":
        this.#broker.accept(message);
        return;
      case "answer":
      case "callFailed":
        this.#calls.accept(message);
        return;
      case "taskProgress":
        this.#calls.progressed(message);
    }
  }

  #show(run: RunView, restored: boolean): void {
    const before = this.#shown;
    this.#shown = run;
    this.#first.hidden = true;
    this.#run.hidden = false;
    if (run.runId !== this.#state.runId) {
      this.#state = {
        ...freshState,
        runId: run.runId,
        drawer: this.#state.drawer,
      };
      this.#store();
    }
    this.#models.keepOnly(run);
    this.#header.update(run, restored);
    this.#draw();
    if (before?.runId === run.runId) this.#announceEnds(before, run);
  }

  #draw(): void {
    const run = this.#shown;
    if (run === null) return;
    const index = this.#selected(run);
    const statement = run.statements[index];
    if (statement === undefined) return;
    this.#tabs.update(run, index);
    const several = run.statements.length > 1;
    setAttributes(this.#pane.element, {
      role: several ? "tabpanel" : null,
      "aria-labelledby": several ? `tab-${index}` : null,
    });
    const hasGrid = this.#pane.update(run, statement, (shown) =>
      this.#models.of(run, shown, (id) => this.#state.places[id]),
    );
    this.#drawDrawer(statement, hasGrid);
    this.#status.update(
      statement,
      this.#openDrawer(statement, hasGrid),
      hasGrid,
    );
    this.#status.showSelection(hasGrid ? this.#pane.grid.selectedArea() : null);
  }

  /** The statement that the user chose; else the one that runs, failed, or was the last to give rows. */
  #selected(run: RunView): number {
    const { chosen } = this.#state;
    if (chosen !== null && chosen < run.statements.length) return chosen;
    const find = (test: (statement: StatementView) => boolean) =>
      run.statements.findLastIndex(test);
    const candidates = [
      find(({ state }) => state === "running"),
      find(({ state }) => state === "failed" || state === "cancelled"),
      find((statement) => rowsOf(statement) !== null),
      find(({ state }) => state !== "waiting"),
    ];
    return candidates.find((index) => index >= 0) ?? 0;
  }

  #shows(resultId: string): boolean {
    const run = this.#shown;
    const statement = run?.statements[this.#selected(run)];
    return statement !== undefined && rowsOf(statement)?.resultId === resultId;
  }

  #openDrawer(statement: StatementView, hasGrid: boolean): Drawer | null {
    if (!hasGrid) return null;
    const { drawer } = this.#state;
    const entries =
      drawer === "messages"
        ? noticesOf(statement).length
        : (statement.outcome?.sent.length ?? 0);
    return entries > 0 ? drawer : null;
  }

  #drawDrawer(statement: StatementView, hasGrid: boolean): void {
    const drawer = this.#openDrawer(statement, hasGrid);
    this.#drawer.hidden = drawer === null;
    if (drawer === null) return;
    const notices = noticesOf(statement);
    const sent = statement.outcome?.sent ?? [];
    setAttributes(this.#drawer, {
      "aria-label": drawer === "messages" ? "Messages" : "Sent to PostgreSQL",
    });
    rebuild(this.#drawer, JSON.stringify([drawer, notices, sent]), () => [
      drawer === "messages" ? noticesView(notices) : sentView(sent),
    ]);
  }

  #choose(index: number): void {
    this.#state = { ...this.#state, chosen: index };
    this.#store();
    this.#draw();
  }

  #toggle(drawer: Drawer): void {
    const next = this.#state.drawer === drawer ? null : drawer;
    this.#state = { ...this.#state, drawer: next };
    this.#store();
    this.#draw();
  }

  #moved(): void {
    this.#status.showSelection(this.#pane.grid.selectedArea());
    if (this.#storing !== null) window.clearTimeout(this.#storing);
    this.#storing = window.setTimeout(() => {
      this.#store();
    }, storeAfterMs);
  }

  #store(): void {
    const places = { ...this.#state.places, ...this.#models.places() };
    this.#state = { ...this.#state, places };
    this.port.saveState(this.#state);
  }

  #announceEnds(before: RunView, run: RunView): void {
    for (const statement of run.statements) {
      const was = before.statements[statement.index]?.outcome ?? null;
      if (was !== null || statement.outcome === null) continue;
      const failed = statement.state === "failed";
      this.#announcer.say(endSentence(run, statement), failed);
    }
  }
}
