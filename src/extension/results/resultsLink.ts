import type * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type {
  HostToPanel,
  PageRows,
  PanelToHost,
  RunView,
  TabDeed,
  TabsView,
} from "../../protocol/panel";
import type { PanelAction } from "../../protocol/panelActions";
import {
  carryOut,
  executeCommand,
  showError,
} from "../commands/registerCommands";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { RunActions } from "../run/runActions";
import { copyCells } from "./copyCells";
import { answerCall, resultGone } from "./panelCalls";
import { viewOf, type ResultTab } from "./resultTab";
import type { ResultTabs } from "./resultTabs";
import { savePicture } from "./savePicture";

/** What a page of results needs besides its webview. */
export interface ResultsLinkParts {
  readonly session: EngineSession;
  readonly tabs: ResultTabs;
  /** Carries out the actions of an error that are about its run. */
  readonly actions: RunActions;
  /** Does what the user wants with a tab. */
  readonly deed: (tabId: string, deed: TabDeed) => Promise<unknown>;
  /** A page has the keyboard, or lost it. */
  readonly focused: (link: ResultsLink, focused: boolean) => void;
  /** A page is there no more. */
  readonly left: (link: ResultsLink) => void;
  /** The rows of a tab are wanted: it is shown. */
  readonly shown: (tab: ResultTab) => void;
}

/** One page of results: gives it its tabs and their rows, and does what it asks for. */
export class ResultsLink implements Disposable {
  private readonly store = new DisposableStore();
  private readonly sent = new Map<string, RunView>();
  private lastTabs = "";
  private isReady = false;
  private pageRows: PageRows | null = null;

  /** @param alone the one tab that the page shows; null for the panel's, which shows all */
  constructor(
    private readonly webview: vscode.Webview,
    private readonly parts: ResultsLinkParts,
    readonly alone: string | null,
  ) {
    this.store.add(
      webview.onDidReceiveMessage((message: PanelToHost) => {
        this.receive(message).catch((error: unknown) =>
          showError(toErrorInfo(error)),
        );
      }),
    );
    this.store.add(
      parts.tabs.onChanged(() => {
        this.sync();
      }),
    );
    this.store.add(
      parts.session.onEvent(({ event, payload }) => {
        if (event === "taskProgress") {
          this.post({ type: "taskProgress", ...payload });
        }
      }),
    );
  }

  /** The tab that the page shows. */
  get tab(): ResultTab | undefined {
    const { tabs } = this.parts;
    return this.alone === null ? tabs.active : tabs.get(this.alone);
  }

  /** The rows that the page shows, and what of them is selected; null while it shows none. */
  get rows(): PageRows | null {
    return this.pageRows;
  }

  /** Hands on a command of the palette; false when there is no page to do it. */
  do(action: PanelAction): boolean {
    if (!this.isReady) return false;
    this.post({ type: "do", action });
    return true;
  }

  dispose(): void {
    this.isReady = false;
    this.parts.left(this);
    this.store.dispose();
  }

  /** Tells the page what it does not know yet. */
  private sync(): void {
    if (!this.isReady) return;
    const { runs, ...view } = this.view();
    const text = JSON.stringify(view);
    if (text !== this.lastTabs) {
      this.lastTabs = text;
      this.post({ type: "tabs", ...view, runs });
    } else {
      for (const run of runs) this.post({ type: "run", run });
    }
    const { tab } = this;
    if (tab !== undefined) this.parts.shown(tab);
  }

  private view(): TabsView {
    const { tabs } = this.parts;
    const own = this.alone === null ? undefined : tabs.get(this.alone);
    const shown =
      this.alone === null ? tabs.listed : own === undefined ? [] : [own];
    const runs = shown
      .map(({ run }) => run)
      .filter((run) => this.sent.get(run.runId) !== run);
    this.sent.clear();
    for (const { run } of shown) this.sent.set(run.runId, run);
    return {
      tabs: shown.map(viewOf),
      active: this.tab?.tabId ?? null,
      runs,
      alone: this.alone !== null,
      timeZone: tabs.timeZone,
    };
  }

  private async receive(message: PanelToHost): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready();
        return;
      case "page":
        await this.sendPage(message);
        return;
      case "call":
        this.post(
          await answerCall(
            this.parts.session,
            message,
            (resultId) => this.parts.tabs.ofResult(resultId) !== undefined,
          ),
        );
        return;
      case "tab":
        await this.parts.deed(message.tabId, message.deed);
        return;
      case "focus":
        this.parts.focused(this, message.focused);
        return;
      case "shows":
        this.pageRows = message.rows;
        return;
      case "cancel":
        await executeCommand("viaduct.cancelRun");
        return;
      case "copy": {
        const { area, headers } = message;
        if (this.parts.tabs.ofResult(area.resultId) !== undefined) {
          const wish = { format: "tsv", headers, table: "" } as const;
          await copyCells(this.parts.session, area, wish);
        }
        return;
      }
      case "exactWay":
        await executeCommand("viaduct.showExactValues", message);
        return;
      case "savePicture":
        await savePicture(message);
        return;
      case "errorAction":
        await this.act(message);
        return;
    }
  }

  /** A page that loads knows nothing, whatever an earlier one was sent. */
  private ready(): void {
    this.isReady = true;
    this.pageRows = null;
    this.sent.clear();
    const { runs, ...view } = this.view();
    this.lastTabs = JSON.stringify(view);
    this.post({ type: "state", ...view, runs });
    const { tab } = this;
    if (tab !== undefined) this.parts.shown(tab);
  }

  private async act({
    runId,
    index,
    action,
  }: Extract<PanelToHost, { type: "errorAction" }>): Promise<void> {
    // Only what the shown error offers can be asked for, whatever the page sends.
    const tab = this.parts.tabs.ofRun(runId);
    const error = tab?.run.statements[index]?.outcome?.error;
    if (tab === undefined || error?.actions.includes(action) !== true) {
      return;
    }
    if (
      action === "retry" ||
      action === "goToError" ||
      action === "attachWithWrites"
    ) {
      await this.parts.actions.carryOut(action, tab, index);
    } else {
      // In a hybrid run the user is asked which attachment is meant.
      const { native, target } = tab.run;
      const alias = error.alias ?? (native ? target : undefined);
      await carryOut(action, alias === undefined ? error : { ...error, alias });
    }
  }

  private async sendPage(
    message: Extract<PanelToHost, { type: "page" }>,
  ): Promise<void> {
    const { requestId, resultId, offset, limit } = message;
    const { viewId = null, timeZone = null } = message;
    try {
      if (this.parts.tabs.ofResult(resultId) === undefined) {
        throw resultGone();
      }
      const page = await this.parts.session.request("page", {
        resultId,
        viewId,
        offset,
        limit,
        timeZone,
      });
      this.post({ type: "page", requestId, resultId, ...page });
    } catch (error) {
      this.post({
        type: "pageFailed",
        requestId,
        message: toErrorInfo(error).message,
      });
    }
  }

  private post(message: HostToPanel): void {
    void this.webview.postMessage(message);
  }
}
