import path from "node:path";
import * as vscode from "vscode";
import type { FindingReference, LintToHost } from "../../../protocol/lintPanel";
import {
  exportLintRequest,
  type ExportLintParams,
  type MoveCredential,
  type WorkspaceFileFindings,
  type WorkspaceLintResult,
} from "../../../protocol/server";
import { executeCommand } from "../../commands/registerCommands";
import type { Settings } from "../../settings/settings";
import { acceptInBaseline } from "../addToBaseline";
import { keepOutOfGit } from "../credentialEnvFile";
import type { LanguageServer } from "../languageServer";
import { showFinding } from "./showFinding";

/** What the page can ask for about what was found. */
export type ReportRequest = Exclude<
  LintToHost,
  { readonly type: "ready" | "run" | "cancel" }
>;

/** Carries out what the buttons of the page stand for: a fixed list, so that no message is a command's id. */
export class ReportActions {
  constructor(
    private readonly server: LanguageServer,
    private readonly settings: Settings,
  ) {}

  /** `result` is what the page shows. */
  async carryOut(
    request: ReportRequest,
    result: WorkspaceLintResult | null,
  ): Promise<void> {
    const files = result?.files ?? [];
    switch (request.type) {
      case "open":
        await this.open(files, request);
        return;
      case "quickFix":
        if (await this.open(files, request)) {
          await vscode.commands.executeCommand("editor.action.quickFix");
        }
        return;
      case "rule":
        await executeCommand("viaduct.openRule", request.rule);
        return;
      case "fixFile":
        await this.fixFile(files[request.file]);
        return;
      case "ignoreFile":
        await this.ignoreFile(files[request.file]);
        return;
      case "baseline":
        await this.accept(
          request.file === null
            ? files
            : files.slice(request.file, request.file + 1),
        );
        return;
      case "export":
        if (result !== null) {
          await this.export(request.as, result);
        }
        return;
      case "switchOn":
        await this.settings.saveLintEnabled();
        return;
    }
  }

  private async open(
    files: readonly WorkspaceFileFindings[],
    { file, finding }: FindingReference,
  ): Promise<boolean> {
    const found = files[file];
    const wanted = found?.findings[finding];
    if (found === undefined || wanted === undefined) {
      return false;
    }
    await showFinding(vscode.Uri.parse(found.uri), wanted);
    return true;
  }

  private async fixFile(
    file: WorkspaceFileFindings | undefined,
  ): Promise<void> {
    if (file !== undefined) {
      // The fix is an edit that its user sees, can undo, and saves.
      await vscode.window.showTextDocument(vscode.Uri.parse(file.uri));
      await executeCommand("viaduct.moveAllCredentials", file.uri);
    }
  }

  private async ignoreFile(
    file: WorkspaceFileFindings | undefined,
  ): Promise<void> {
    if (file === undefined) {
      return;
    }
    const uri = vscode.Uri.parse(file.uri);
    await keepOutOfGit(uri);
    const name = this.settings.relative(uri.fsPath);
    void vscode.window.showInformationMessage(
      file.isTracked === true
        ? vscode.l10n.t(
            "Git ignores {0} from now on, but still has it: git rm --cached {0}, and change the passwords, which stay in the history.",
            name,
          )
        : vscode.l10n.t("Git ignores {0} from now on.", name),
    );
    await this.server.checkAgain();
  }

  private async accept(files: readonly WorkspaceFileFindings[]): Promise<void> {
    const findings = files.flatMap(({ uri, findings: found }) =>
      found
        .filter(({ rule }) => rule !== "CX305")
        .map(({ range, rule }): MoveCredential => ({ uri, range, rule })),
    );
    const yes = vscode.l10n.t("Add to Baseline");
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("Accept {0} findings as known?", findings.length),
      {
        modal: true,
        detail: vscode.l10n.t(
          "They stay in the files and are not shown any more. The baseline has salted hashes of the values and can be committed.",
        ),
      },
      yes,
    );
    if (answer === yes) {
      await acceptInBaseline(this.server, this.settings, findings);
    }
  }

  private async export(
    as: "sarif" | "json",
    { files, skipped }: WorkspaceLintResult,
  ): Promise<void> {
    const { folder } = this.settings;
    const name = as === "sarif" ? "viaduct.sarif" : "viaduct-findings.json";
    const target = await vscode.window.showSaveDialog({
      ...(folder === undefined
        ? {}
        : { defaultUri: vscode.Uri.file(path.join(folder.fsPath, name)) }),
      filters: as === "sarif" ? { SARIF: ["sarif"] } : { JSON: ["json"] },
    });
    if (target === undefined || folder === undefined) {
      return;
    }
    const params: ExportLintParams = {
      as,
      folder: folder.toString(),
      files,
      skipped,
    };
    const text = await this.server.request<string>(exportLintRequest, params);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The findings are in {0}.",
        this.settings.relative(target.fsPath),
      ),
    );
  }
}
