import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { ResultTab } from "./resultTab";
import { mediaOf, resultsHtml } from "./resultsHtml";
import { ResultsLink, type ResultsLinkParts } from "./resultsLink";

/** What the page of an editor remembers: the tab that it shows. */
interface BesideState {
  readonly alone?: unknown;
}

/** Editors that show one tab of results each, so that two can be compared. */
export class BesidePanels implements vscode.WebviewPanelSerializer, Disposable {
  static readonly viewType = "viaduct.result";

  private readonly store = new DisposableStore();
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  /** @param restored resolves when the tabs of the window before are there again */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: ResultsLinkParts,
    private readonly restored: () => Promise<void>,
  ) {
    this.store.add(
      vscode.window.registerWebviewPanelSerializer(BesidePanels.viewType, this),
    );
    this.store.add(
      parts.tabs.onChanged(() => {
        for (const [tabId, panel] of this.panels) {
          const title = parts.tabs.get(tabId)?.title;
          if (title !== undefined && panel.title !== title) panel.title = title;
        }
      }),
    );
  }

  /** Shows a tab in an editor beside the active one, or the editor that shows it already. */
  open(tab: ResultTab): void {
    const existing = this.panels.get(tab.tabId);
    if (existing !== undefined) {
      existing.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      BesidePanels.viewType,
      tab.title,
      vscode.ViewColumn.Beside,
      { retainContextWhenHidden: true },
    );
    this.fill(panel, tab);
  }

  /** VS Code gives back an editor of the window before: it stays when its result was pinned. */
  async deserializeWebviewPanel(
    panel: vscode.WebviewPanel,
    state: BesideState | undefined,
  ): Promise<void> {
    await this.restored();
    const tab =
      typeof state?.alone === "string"
        ? this.parts.tabs.get(state.alone)
        : undefined;
    if (tab === undefined || this.panels.has(tab.tabId)) {
      panel.dispose();
      return;
    }
    this.fill(panel, tab);
  }

  /** The editors stay: VS Code closes them with the window, and gives them back after a reload. */
  dispose(): void {
    this.store.dispose();
  }

  private fill(panel: vscode.WebviewPanel, { tabId, title }: ResultTab): void {
    const media = mediaOf(this.extensionUri);
    const { tabs } = this.parts;
    tabs.openBeside(tabId);
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [media],
    };
    panel.title = title;
    const icon = (theme: "Light" | "Dark") =>
      vscode.Uri.joinPath(this.extensionUri, "media", `viaduct${theme}.svg`);
    panel.iconPath = { light: icon("Light"), dark: icon("Dark") };
    const link = new ResultsLink(panel, this.parts, tabId);
    this.panels.set(tabId, panel);
    panel.onDidChangeViewState(() => {
      this.parts.comparing.pagesChanged();
    });
    panel.onDidDispose(() => {
      link.dispose();
      this.panels.delete(tabId);
      tabs.closeBeside(tabId);
    });
    panel.webview.html = resultsHtml(panel.webview, media, "result-beside");
  }
}
