import * as vscode from "vscode";
import type { AttachParts } from "../attach/attachParts";
import { pickAttachment } from "../attach/pickAttachment";
import { attach } from "../attach/saveAttachment";
import type { RunView } from "../../protocol/panel";
import { locate } from "./runDiagnostics";
import type { RunInput, RunService } from "./runService";

/** Actions of an error that are about the run it belongs to. */
export type RunAction = "retry" | "goToError" | "attachWithWrites";

/** A run and what it was given. */
export interface RunOfTab {
  readonly tabId: string;
  readonly run: RunView;
  /** Null when that is not known any more. */
  readonly input: Omit<RunInput, "tabId"> | null;
}

/** Carries out what a run's error offers. */
export class RunActions {
  constructor(
    private readonly runs: RunService,
    private readonly parts: AttachParts,
  ) {}

  /** `index` is the failed statement's place in the run. */
  async carryOut(
    action: RunAction,
    of: RunOfTab,
    index: number,
  ): Promise<void> {
    switch (action) {
      case "retry":
        await this.rerun(of);
        return;
      case "goToError":
        await this.goToError(of, index);
        return;
      case "attachWithWrites":
        await this.attachWithWrites(of.run);
        return;
    }
  }

  /** Runs the same statements on the same target, into the same tab. */
  async rerun({ tabId, input }: RunOfTab): Promise<RunView | undefined> {
    return input === null ? undefined : this.runs.run({ ...input, tabId });
  }

  private async goToError(
    { run, input }: RunOfTab,
    index: number,
  ): Promise<void> {
    const statement = input?.statements[index];
    const error = run.statements[index]?.outcome?.error;
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
  private async attachWithWrites(run: RunView): Promise<void> {
    const alias = run.native
      ? run.target
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
