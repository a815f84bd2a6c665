import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { toErrorInfo } from "../../../core/errors/viaductError";
import type { HostToLint, LintToHost } from "../../../protocol/lintPanel";
import type { WorkspaceLintResult } from "../../../protocol/server";
import { showError } from "../../commands/registerCommands";
import {
  DisposableStore,
  type Disposable,
} from "../../lifetime/disposableStore";
import { Throttle } from "../../lifetime/throttle";
import { viewOf } from "./reportView";
import type { ReportActions } from "./reportActions";
import type { CheckState, WorkspaceCheck } from "./workspaceCheck";

/** What the panel needs besides `vscode`. */
export interface LintReportParts {
  readonly extensionUri: vscode.Uri;
  readonly check: WorkspaceCheck;
  readonly actions: ReportActions;
  /** A file as the workspace shows it. */
  readonly shown: (uri: vscode.Uri) => string;
}

/** Not more often than this is the page told of progress, in ms. */
const tellEvery = 100;

/** The page of the workspace's credentials in an editor tab. */
export class LintReportPanel implements Disposable {
  private readonly store = new DisposableStore();
  private panel: vscode.WebviewPanel | undefined;
  private revision = 0;

  constructor(private readonly parts: LintReportParts) {
    const { check } = parts;
    const throttle = this.store.add(
      new Throttle<CheckState>(tellEvery, () => {
        this.show();
      }),
    );
    this.store.add(
      check.onChanged((state) => {
        this.revision++;
        throttle.push(state, state.kind !== "running");
      }),
    );
  }

  /** Opens the page and checks. */
  run(): Promise<WorkspaceLintResult | undefined> {
    this.reveal();
    return this.parts.check.run();
  }

  dispose(): void {
    this.store.dispose();
    this.panel?.dispose();
  }

  private reveal(): void {
    if (this.panel !== undefined) {
      this.panel.reveal();
      return;
    }
    const { extensionUri } = this.parts;
    const media = vscode.Uri.joinPath(extensionUri, "dist", "webview");
    const panel = vscode.window.createWebviewPanel(
      "viaduct.lintReport",
      vscode.l10n.t("Credentials in the Workspace"),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [media],
        retainContextWhenHidden: true,
      },
    );
    panel.webview.onDidReceiveMessage((message: LintToHost) => {
      this.receive(message).catch((error: unknown) =>
        showError(toErrorInfo(error)),
      );
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.webview.html = html(panel.webview, media);
    this.panel = panel;
  }

  private async receive(message: LintToHost): Promise<void> {
    const { check, actions } = this.parts;
    if ("revision" in message && message.revision !== this.revision) {
      // The page is about to get what is there now.
      return;
    }
    const { result } = check.state;
    switch (message.type) {
      case "ready":
        this.show();
        return;
      case "run":
        await check.run();
        return;
      case "cancel":
        check.cancel();
        return;
      default:
        await actions.carryOut(message, result);
    }
  }

  private show(): void {
    const { check, shown } = this.parts;
    const view = viewOf(check.state, this.revision, shown);
    const message: HostToLint = { type: "view", view };
    void this.panel?.webview.postMessage(message);
  }
}

/** The page: one script under a nonce, one style sheet, nothing else. */
function html(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const uri = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource};`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${uri("lint.css")}">
    <title>Credentials in the Workspace</title>
  </head>
  <body>
    <script nonce="${nonce}" src="${uri("lint.js")}"></script>
  </body>
</html>`;
}
