import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { HostToPanel, PanelToHost } from "../../protocol/panel";
import {
  carryOut,
  executeCommand,
  showError,
} from "../commands/registerCommands";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { RunActions } from "../run/runActions";
import type { RunService } from "../run/runService";
import { copyCells } from "./copyCells";
import { answerCall } from "./panelCalls";

/** What the view needs besides `vscode`. */
export interface ResultsViewParts {
  readonly extensionUri: vscode.Uri;
  readonly session: EngineSession;
  readonly runs: RunService;
  /** Carries out the actions of an error that are about its run. */
  readonly actions: RunActions;
}

/** The results panel: gives the page its state and its rows, and does what the page asks for. */
export class ResultsView implements vscode.WebviewViewProvider, Disposable {
  static readonly id = "viaduct.results";

  private readonly store = new DisposableStore();
  private view: vscode.WebviewView | undefined;

  constructor(private readonly parts: ResultsViewParts) {
    this.store.add(
      parts.runs.onRunChanged((run) => {
        this.post({ type: "run", run });
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

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    const media = vscode.Uri.joinPath(
      this.parts.extensionUri,
      "dist",
      "webview",
    );
    view.webview.options = { enableScripts: true, localResourceRoots: [media] };
    view.webview.onDidReceiveMessage((message: PanelToHost) => {
      this.receive(message).catch((error: unknown) =>
        showError(toErrorInfo(error)),
      );
    });
    view.onDidDispose(() => {
      this.view = undefined;
    });
    view.webview.html = html(view.webview, media);
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
    this.store.dispose();
  }

  private async receive(message: PanelToHost): Promise<void> {
    switch (message.type) {
      case "ready":
        this.post({ type: "state", run: this.parts.runs.current });
        return;
      case "page":
        await this.sendPage(message);
        return;
      case "call":
        this.post(
          await answerCall(this.parts.session, message, (resultId) =>
            this.shows(resultId),
          ),
        );
        return;
      case "cancel":
        await executeCommand("viaduct.cancelRun");
        return;
      case "copy":
        await copyCells(this.parts.session, this.parts.runs.current, message);
        return;
      case "errorAction":
        await this.act(message);
        return;
    }
  }

  private async act({
    runId,
    index,
    action,
  }: Extract<PanelToHost, { type: "errorAction" }>): Promise<void> {
    // Only what the shown error offers can be asked for, whatever the page sends.
    const run = this.parts.runs.current;
    const error = run?.statements[index]?.outcome?.error;
    if (run?.runId !== runId || error?.actions.includes(action) !== true) {
      return;
    }
    if (
      action === "retry" ||
      action === "goToError" ||
      action === "attachWithWrites"
    ) {
      await this.parts.actions.carryOut(action, index);
    } else {
      // In a hybrid run the user is asked which attachment is meant.
      const alias = error.alias ?? (run.native ? run.target : undefined);
      await carryOut(action, alias === undefined ? error : { ...error, alias });
    }
  }

  private async sendPage(
    message: Extract<PanelToHost, { type: "page" }>,
  ): Promise<void> {
    const { requestId, resultId, offset, limit } = message;
    const { viewId = null, timeZone = null } = message;
    try {
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

  private shows(resultId: string): boolean {
    return (this.parts.runs.current?.statements ?? []).some(
      ({ result }) => result?.resultId === resultId,
    );
  }

  private post(message: HostToPanel): void {
    void this.view?.webview.postMessage(message);
  }
}

/** The page: one script under a nonce, one style sheet, nothing else. */
function html(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const script = webview
    .asWebviewUri(vscode.Uri.joinPath(media, "results.js"))
    .toString();
  const style = webview
    .asWebviewUri(vscode.Uri.joinPath(media, "results.css"))
    .toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource};`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${style}">
    <title>Viaduct Results</title>
  </head>
  <body>
    <main id="results"></main>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
