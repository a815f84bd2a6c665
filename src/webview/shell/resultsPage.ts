import type {
  HostToPanel,
  RunView,
  TabDeed,
  TabsView,
  TabView,
} from "../../protocol/panel";
import { Announcer } from "../announcer";
import { make, setAttributes } from "../dom";
import { PageBroker } from "../pageBroker";
import { firstView } from "../plainViews";
import type { PanelPort } from "../port";
import { ResultCalls } from "../resultCalls";
import { ResultModels } from "../resultModels";
import { RunPane } from "../tab/runPane";
import { endSentence } from "../texts";
import { PageActions } from "./pageActions";
import { TabStates } from "./tabStates";
import { TabStrip } from "./tabStrip";

const panelId = "result";

/** The results page: shows the tabs that the host pushes, one at a time, and fetches its rows. */
export class ResultsPage {
  readonly #broker: PageBroker;
  readonly #calls: ResultCalls;
  readonly #models: ResultModels;
  readonly #states: TabStates;
  readonly #actions = new PageActions();
  readonly #strip: TabStrip;
  readonly #pane: RunPane;
  readonly #announcer = new Announcer();
  readonly #shell = make("main", "shell");
  readonly #first = firstView();
  readonly #runs = new Map<string, RunView>();
  #view: TabsView = { tabs: [], active: null, runs: [], alone: false };

  constructor(
    root: HTMLElement,
    private readonly port: PanelPort,
  ) {
    this.#states = new TabStates(port);
    this.#broker = new PageBroker(port);
    this.#calls = new ResultCalls(port);
    this.#models = new ResultModels(this.#broker, this.#calls, (resultId) => ({
      rowsArrived: () => {
        this.#pane.rowsArrived(resultId);
      },
      failed: (message) => {
        this.#pane.rowsFailed(resultId, message);
      },
    }));
    const deed = (tabId: string, what: TabDeed) => {
      this.#deed(tabId, what);
    };
    this.#strip = new TabStrip(panelId, {
      deed,
      enter: () => {
        this.#pane.focusRows();
      },
    });
    this.#pane = new RunPane({
      post: (message) => {
        port.post(message);
      },
      deed,
      states: this.#states,
      models: () => this.#models,
      api: this.#calls,
      actions: this.#actions,
    });
    this.#build(root);
    port.onMessage((message) => {
      this.#accept(message);
    });
    port.post({ type: "ready" });
  }

  #build(root: HTMLElement): void {
    this.#pane.element.id = panelId;
    this.#shell.append(this.#strip.element, this.#pane.element);
    this.#shell.hidden = true;
    this.#first.hidden = true;
    root.append(this.#shell, this.#first, this.#announcer.element);
    this.#actions.register("focusTabs", () => {
      if (this.#strip.element.hidden) this.#pane.focusTools();
      else this.#strip.focus();
    });
    const tellFocus = (focused: boolean) => {
      this.port.post({ type: "focus", focused });
    };
    window.addEventListener("focus", () => {
      tellFocus(true);
    });
    window.addEventListener("blur", () => {
      tellFocus(false);
    });
    if (document.hasFocus()) tellFocus(true);
  }

  #accept(message: HostToPanel): void {
    switch (message.type) {
      case "state":
        this.#broker.reset();
        this.#runs.clear();
        this.#take(message, true);
        return;
      case "tabs":
        this.#take(message, false);
        return;
      case "run":
        this.#keep(message.run);
        this.#draw(false);
        return;
      case "do":
        this.#actions.do(message.action);
        return;
      case "follow":
        this.#pane.compared.follow(message.place);
        return;
      case "reveal":
        this.#pane.compared.reveal(message);
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
        this.#pane.compared.bar.progressed(message);
    }
  }

  #take(view: TabsView, restored: boolean): void {
    this.#pane.remember();
    this.#announceProblem(this.#view, view);
    this.#view = view;
    for (const run of view.runs) this.#keep(run);
    const shown = new Set(view.tabs.map(({ runId }) => runId));
    for (const runId of this.#runs.keys()) {
      if (!shown.has(runId)) this.#runs.delete(runId);
    }
    this.#models.showTimesIn(view.timeZone ?? null);
    this.#states.recall(view.memories ?? {});
    this.#states.note(view.tabs, view.alone);
    this.#draw(restored);
  }

  #keep(run: RunView): void {
    const before = this.#runs.get(run.runId);
    this.#runs.set(run.runId, run);
    if (before !== undefined) this.#announceEnds(before, run);
  }

  #draw(restored: boolean): void {
    const { tabs, alone } = this.#view;
    const tab = this.#active();
    const run = tab === undefined ? undefined : this.#runs.get(tab.runId);
    this.#models.keepOnly(this.#runs.values());
    this.#shell.hidden = tab === undefined;
    this.#first.hidden = tab !== undefined;
    if (tab === undefined || run === undefined) return;
    this.#strip.update(alone ? [] : tabs, tab.tabId);
    const named = !this.#strip.element.hidden;
    setAttributes(this.#pane.element, {
      role: named ? "tabpanel" : null,
      "aria-labelledby": named ? TabStrip.idOf(tab.tabId) : null,
    });
    this.#pane.show(tab, run, alone, restored);
    this.#pane.compared.update(this.#view.compared ?? null);
  }

  #active(): TabView | undefined {
    const { tabs, active } = this.#view;
    return tabs.find(({ tabId }) => tabId === active) ?? tabs[0];
  }

  /** A tab is shown at once; the host hears of it. */
  #deed(tabId: string, deed: TabDeed): void {
    if (deed === "show" && tabId !== this.#view.active) {
      this.#view = { ...this.#view, active: tabId };
      this.#draw(true);
    }
    this.port.post({ type: "tab", tabId, deed });
  }

  /** A pin that could not be saved, or rows that could not be opened. */
  #announceProblem(before: TabsView, now: TabsView): void {
    for (const { tabId, title, problem } of now.tabs) {
      const was = before.tabs.find((tab) => tab.tabId === tabId)?.problem;
      if (problem !== null && problem !== was) {
        this.#announcer.say(`${title}: ${problem}`, true);
      }
    }
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
