import * as vscode from "vscode";
import type { AttachParts } from "../attach/attachParts";
import { pickAttachment } from "../attach/pickAttachment";
import { attach } from "../attach/saveAttachment";
import { locate } from "./runDiagnostics";
import type { RunService } from "./runService";

/** Actions of an error that are about the run it belongs to. */
export type RunAction = "retry" | "goToError" | "attachWithWrites";

/** Carries out what a run's error offers. */
export class RunActions {
  constructor(
    private readonly runs: RunService,
    private readonly parts: AttachParts,
  ) {}

  /** `index` is the failed statement's place in the run. */
  async carryOut(action: RunAction, index: number): Promise<void> {
    switch (action) {
      case "retry":
        await this.runs.repeat();
        return;
      case "goToError":
        await this.goToError(index);
        return;
      case "attachWithWrites":
        await this.attachWithWrites();
        return;
    }
  }

  private async goToError(index: number): Promise<void> {
    const statement = this.runs.input?.statements[index];
    const error = this.runs.current?.statements[index]?.outcome?.error;
    if (statement?.place === null || statement === undefined) {
      return;
    }
    const document = await vscode.workspace.openTextDocument(
      statement.place.uri,
    );
    const range = locate(statement, error?.position);
    await vscode.window.showTextDocument(
      document,
      range === undefined ? {} : { selection: range },
    );
  }

  /** Writes are allowed only after the user has read which database they would reach. */
  private async attachWithWrites(): Promise<void> {
    const target = this.runs.input?.target;
    const alias =
      target?.engine === "postgres"
        ? target.alias
        : await pickAttachment(
            this.parts.session,
            vscode.l10n.t("Allow writes to which database?"),
          );
    const spec =
      alias === undefined
        ? undefined
        : this.parts.session.attachments.get(alias);
    if (spec === undefined) {
      return;
    }
    const allow = vscode.l10n.t("Allow Writes");
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t("Allow writes to {0}?", spec.alias),
      {
        modal: true,
        detail: vscode.l10n.t(
          "Statements will be able to change data on that PostgreSQL server, from DuckDB and natively.",
        ),
      },
      allow,
    );
    if (choice === allow) {
      await attach(this.parts, { ...spec, readOnly: false });
    }
  }
}
