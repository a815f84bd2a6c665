import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { PageRows, RunView, TabDeed } from "../../protocol/panel";
import type { PanelAction } from "../../protocol/panelActions";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { RunActions } from "../run/runActions";
import type { RunService } from "../run/runService";
import type { Settings } from "../settings/settings";
import { BesidePanels } from "./besidePanels";
import { chooseKey } from "./chooseKey";
import { Comparing } from "./comparing";
import { ContextKeys } from "./contextKeys";
import { followTimeZone } from "./followTimeZone";
import { openOther } from "./openOther";
import { PinnedResults } from "./pinnedResults";
import { isLive, resultIdsOf, type ResultTab } from "./resultTab";
import { ResultTabs } from "./resultTabs";
import type { ResultsLink, ResultsLinkParts } from "./resultsLink";
import { ResultsView } from "./resultsView";

/** What results need. */
export interface ResultsParts {
  readonly session: EngineSession;
  readonly settings: Settings;
  readonly runs: RunService;
  readonly actions: RunActions;
  readonly log: vscode.LogOutputChannel;
}

/** The results of this window: their tabs, the pages that show them, and what the user does with them. */
export class Results implements Disposable {
  readonly tabs: ResultTabs;
  readonly view: ResultsView;
  private readonly store = new DisposableStore();
  private readonly contexts = new ContextKeys();
  private readonly pins: PinnedResults;
  private readonly beside: BesidePanels;
  private readonly comparing: Comparing;
  private readonly restoring: Promise<void>;
  /** The page that has or had the keyboard last. */
  private lastActive: ResultsLink | undefined;

  constructor(
    {
      extensionUri,
      storageUri,
    }: Pick<vscode.ExtensionContext, "extensionUri" | "storageUri">,
    private readonly parts: ResultsParts,
  ) {
    const { session, settings, actions } = parts;
    this.tabs = this.store.add(
      new ResultTabs({
        kept: () => settings.keptResultTabs,
        newId: randomUUID,
        release: (resultIds) => {
          this.release(resultIds);
        },
      }),
    );
    this.pins = this.store.add(
      new PinnedResults({ ...parts, storageUri, tabs: this.tabs }),
    );
    this.comparing = this.store.add(this.makeComparing());
    const link: ResultsLinkParts = {
      session,
      comparing: this.comparing,
      actions,
      tabs: this.tabs,
      deed: (tabId, deed) => this.do(deed, tabId),
      focused: (page, focused) => {
        this.focused(page, focused);
      },
      left: (page) => {
        this.focused(page, false);
        if (this.lastActive === page) this.lastActive = undefined;
      },
      shown: ({ tabId }) => void this.pins.open(tabId),
      memories: this.pins.memories,
    };
    this.view = this.store.add(new ResultsView(extensionUri, link));
    this.beside = this.store.add(
      new BesidePanels(extensionUri, link, () => this.restoring),
    );
    this.follow();
    this.store.add(followTimeZone(settings, this.tabs));
    this.restoring = this.pins.restore().catch((error: unknown) => {
      parts.log.warn(
        `Pinned results were not found again: ${toErrorInfo(error).message}`,
      );
    });
  }

  /** Resolves when pinned results of earlier windows are in the list. */
  restored(): Promise<void> {
    return this.restoring;
  }

  /** Does something with a tab: the given one, or that of the page that was used last. */
  async do(
    deed: TabDeed,
    tabId?: string,
    title?: string,
  ): Promise<ResultTab | undefined> {
    const tab = tabId === undefined ? this.current : this.tabs.get(tabId);
    if (tab === undefined) return undefined;
    switch (deed) {
      case "show":
        this.tabs.show(tab.tabId);
        // Chosen again, a tab whose file could not be read tries again.
        await this.pins.open(tab.tabId, true);
        break;
      case "close":
        this.close(tab);
        break;
      case "closeOthers":
        this.tabs.closeOthers(tab.tabId);
        break;
      case "rename":
        await this.rename(tab, title);
        break;
      case "pin":
        await this.pins.pin(tab.tabId);
        break;
      case "unpin":
        await this.pins.unpin(tab.tabId);
        break;
      case "rerun":
        await this.rerun(tab);
        break;
      case "openBeside":
        this.beside.open(tab);
        break;
    }
    return this.tabs.get(tab.tabId) ?? tab;
  }

  /** Runs a tab's statements again, into the same tab. */
  async rerun(tab: ResultTab): Promise<RunView | undefined> {
    if (tab.input === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "These statements had credentials in them, which are not kept: run them from their file.",
        ),
      );
      return undefined;
    }
    return this.parts.actions.rerun(tab);
  }

  /** The tab of the page that was used last. */
  get current(): ResultTab | undefined {
    return this.lastActive?.tab ?? this.tabs.active;
  }

  /** The rows that the page that was used last shows; null when it shows none of the current tab's. */
  get shown(): PageRows | null {
    const rows = (this.lastActive ?? this.view.link)?.rows ?? null;
    const { current } = this;
    return rows !== null &&
      current?.rows === "here" &&
      resultIdsOf(current.run).includes(rows.resultId)
      ? rows
      : null;
  }

  /** Hands an action to the page that was used last; the panel is opened when there is none. */
  async act(action: PanelAction): Promise<boolean> {
    const page = this.lastActive ?? this.view.link;
    if (page?.do(action) === true) return true;
    await this.view.reveal();
    return this.view.link?.do(action) ?? false;
  }

  dispose(): void {
    this.store.dispose();
  }

  private makeComparing(): Comparing {
    const { session } = this.parts;
    return new Comparing({
      request: (method, params) => session.request(method, params),
      tabs: this.tabs,
      chooseKey,
      openOther: (resultId) =>
        openOther(this.tabs, resultId, (tab) => {
          this.beside.open(tab);
        }),
    });
  }

  /** Runs come into tabs; what menus and keys look at follows the tabs. */
  private follow(): void {
    this.store.add(
      this.parts.runs.onRunOpened(({ run, input }) => {
        const tab = this.tabs.open(run, input, input.tabId ?? null);
        // What was just run is what commands are about, not an editor that was used before it.
        if (tab.listed) this.lastActive = undefined;
      }),
    );
    this.store.add(
      this.parts.runs.onRunChanged((run) => {
        this.tabs.update(run);
      }),
    );
    this.store.add(
      this.tabs.onChanged(() => {
        this.tellContexts();
      }),
    );
  }

  /** The result of a running tab is not wanted any more. */
  private close(tab: ResultTab): void {
    this.tabs.close(tab.tabId);
    if (isLive(tab) && this.tabs.get(tab.tabId) === undefined) {
      this.parts.runs.cancel().catch((error: unknown) => {
        this.parts.log.warn(
          `The run of a closed tab was not cancelled: ${toErrorInfo(error).message}`,
        );
      });
    }
  }

  private async rename(tab: ResultTab, given?: string): Promise<void> {
    const title =
      given ??
      (await vscode.window.showInputBox({
        prompt: vscode.l10n.t("Name of the result"),
        value: tab.title,
        validateInput: (text) =>
          text.trim() === "" ? vscode.l10n.t("A name is needed.") : undefined,
      }));
    if (title === undefined || title.trim() === "") return;
    this.tabs.change(tab.tabId, { title: title.trim() });
    await this.pins.rewrite(tab.tabId);
  }

  private release(resultIds: readonly string[]): void {
    const { session, log } = this.parts;
    if (resultIds.length === 0 || session.state.kind !== "ready") return;
    session.request("releaseResults", { resultIds }).catch((error: unknown) => {
      log.debug(`Results were not released: ${toErrorInfo(error).message}`);
    });
  }

  private focused(page: ResultsLink, focused: boolean): void {
    if (focused) {
      this.lastActive = page;
      this.comparing.used(page);
    } else if (this.lastActive !== page) return;
    this.contexts.tell("resultsFocus", focused);
    this.tellContexts();
  }

  private tellContexts(): void {
    this.contexts.tellTab(this.current, this.tabs.listed.length);
  }
}
