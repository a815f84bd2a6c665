import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { DoctorReport, WantedAttachment } from "../../core/doctor/report";
import { reportMarkdown } from "../../core/doctor/reportText";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import type {
  DoctorToHost,
  DoctorView,
  HostToDoctor,
} from "../../protocol/doctorPanel";
import { showError } from "../commands/registerCommands";
import type { EngineSession } from "../engine/engineSession";
import type { Disposable } from "../lifetime/disposableStore";
import { carryOutFix, possibleFixes } from "./doctorFixes";

/** What the panel needs besides `vscode`. */
export interface DoctorPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly session: EngineSession;
}

/** The doctor's page in an editor tab: asks the engine for a report and shows it. */
export class DoctorPanel implements Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private running: Promise<DoctorReport> | undefined;
  private report: DoctorReport | null = null;
  private error: ErrorInfo | null = null;
  private madeAt = "";

  constructor(private readonly parts: DoctorPanelParts) {}

  /** Opens the page and examines; a second call while that goes on waits for the same report. */
  async run(): Promise<DoctorReport> {
    this.reveal();
    this.running ??= this.examine();
    this.show();
    try {
      return await this.running;
    } finally {
      this.show();
    }
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private async examine(): Promise<DoctorReport> {
    try {
      const { session } = this.parts;
      const report = await session.request("diagnose", {
        attachments: await this.wanted(),
      });
      this.report = report;
      this.error = null;
      this.madeAt = new Date().toLocaleTimeString();
      return report;
    } catch (error) {
      this.error = toErrorInfo(error);
      throw error;
    } finally {
      this.running = undefined;
    }
  }

  /** What the settings want, with the reason where it could not be made. */
  private async wanted(): Promise<WantedAttachment[]> {
    const { session } = this.parts;
    const catalogs = await session.listCatalogs();
    return [...session.attachments.values()].map((spec) => {
      const problem = catalogs.find(({ name }) => name === spec.alias)?.problem;
      return problem === null || problem === undefined
        ? spec
        : { ...spec, problem };
    });
  }

  private reveal(): void {
    if (this.panel !== undefined) {
      this.panel.reveal();
      return;
    }
    const media = vscode.Uri.joinPath(
      this.parts.extensionUri,
      "dist",
      "webview",
    );
    const panel = vscode.window.createWebviewPanel(
      "viaduct.doctor",
      vscode.l10n.t("Viaduct Doctor"),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [media],
        retainContextWhenHidden: true,
      },
    );
    panel.webview.onDidReceiveMessage((message: DoctorToHost) => {
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

  private async receive(message: DoctorToHost): Promise<void> {
    switch (message.type) {
      case "ready":
        this.show();
        return;
      case "run":
        await this.run();
        return;
      case "copy":
        await this.copy(message.as);
        return;
      case "fix": {
        const check = this.report?.checks[message.check];
        if (check !== undefined) {
          await carryOutFix(check, message.fix);
        }
        return;
      }
    }
  }

  private async copy(as: "markdown" | "json"): Promise<void> {
    if (this.report === null) {
      return;
    }
    await vscode.env.clipboard.writeText(
      as === "json"
        ? JSON.stringify(this.report, null, 2)
        : reportMarkdown(this.report),
    );
    vscode.window.setStatusBarMessage(
      vscode.l10n.t("The report is on the clipboard."),
      5_000,
    );
  }

  private show(): void {
    const { report, error, madeAt } = this;
    const view: DoctorView = {
      state:
        this.running !== undefined
          ? "running"
          : error === null
            ? "done"
            : "failed",
      report,
      error,
      madeAt,
      fixes: possibleFixes,
    };
    const message: HostToDoctor = { type: "view", view };
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
    <link rel="stylesheet" href="${uri("doctor.css")}">
    <title>Viaduct Doctor</title>
  </head>
  <body>
    <script nonce="${nonce}" src="${uri("doctor.js")}"></script>
  </body>
</html>`;
}
