import * as vscode from "vscode";
import type { Disposable } from "../lifetime/disposableStore";
import { mediaOf, resultsHtml } from "./resultsHtml";
import { ResultsLink, type ResultsLinkParts } from "./resultsLink";

/** The results panel: the page with all tabs. */
export class ResultsView implements vscode.WebviewViewProvider, Disposable {
  static readonly id = "viaduct.results";

  private view: vscode.WebviewView | undefined;
  private made: ResultsLink | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: ResultsLinkParts,
  ) {}

  /** The page, while there is one. */
  get link(): ResultsLink | undefined {
    return this.made;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const media = mediaOf(this.extensionUri);
    const link = new ResultsLink(view, this.parts, null);
    this.view = view;
    this.made = link;
    view.webview.options = { enableScripts: true, localResourceRoots: [media] };
    view.onDidChangeVisibility(() => {
      this.parts.comparing.pagesChanged();
    });
    view.onDidDispose(() => {
      link.dispose();
      if (this.made === link) {
        this.made = undefined;
        this.view = undefined;
      }
    });
    view.webview.html = resultsHtml(view.webview, media, "results");
  }

  /** Opens the panel and leaves the focus where it is. */
  async reveal(): Promise<void> {
    if (this.view === undefined) {
      await vscode.commands.executeCommand(`${ResultsView.id}.focus`, {
        preserveFocus: true,
      });
    } else {
      this.view.show(true);
    }
  }

  dispose(): void {
    this.made?.dispose();
  }
}
