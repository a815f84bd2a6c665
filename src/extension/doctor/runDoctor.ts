import * as vscode from "vscode";
import { viaductError } from "../../core/errors/makeError";
import type { CommandTable } from "../commands/commandTable";
import type { DoctorPanel } from "./doctorPanel";

/** Examines engine, extensions, secrets and servers, and shows what was found. */
export function runDoctor(
  panel: DoctorPanel,
): CommandTable["viaduct.runDoctor"] {
  return () => {
    if (!vscode.workspace.isTrusted) {
      throw viaductError(
        "engineUnavailable",
        vscode.l10n.t(
          "In an untrusted workspace nothing is read, connected to or examined.",
        ),
        { hint: vscode.l10n.t("Trust the workspace first."), actions: [] },
      );
    }
    return panel.run();
  };
}
