import * as vscode from "vscode";
import type { ExtensionCheck } from "../../protocol/extensions";
import type { CommandTable } from "../commands/commandTable";
import {
  change,
  choose,
  isOwn,
  say,
  type ExtensionCommandParts,
} from "./extensionCommands";

/** Checks one installed extension: version, platform, signature. */
export function verifyExtension(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.verifyExtension"] {
  return async (reference) => {
    const name = await choose(parts, reference, isOwn);
    if (name === undefined) {
      return undefined;
    }
    const check = await change(
      parts,
      vscode.l10n.t("Checking {0}…", name),
      () => parts.session.request("verifyExtension", { name }),
    );
    tell([check]);
    return check;
  };
}

/** Checks all that are installed. */
export function verifyAllExtensions(
  parts: ExtensionCommandParts,
): CommandTable["viaduct.verifyAllExtensions"] {
  return async () => {
    const checks = await change(
      parts,
      vscode.l10n.t("Checking DuckDB's extensions…"),
      async () => {
        const { session } = parts;
        const all = await session.request("listExtensions", null);
        const done: ExtensionCheck[] = [];
        for (const { name } of all.filter(isOwn)) {
          done.push(await session.request("verifyExtension", { name }));
        }
        return done;
      },
    );
    tell(checks);
    return checks;
  };
}

function tell(checks: readonly ExtensionCheck[]): void {
  const failed = checks.filter(({ passed }) => !passed);
  const [first] = checks;
  if (first === undefined) {
    say(vscode.l10n.t("No DuckDB extension is installed."));
  } else if (failed.length === 0) {
    say(
      checks.length === 1
        ? first.summary
        : vscode.l10n.t(
            "{0} extensions are sound: {1}.",
            checks.length,
            checks.map(({ name }) => name).join(", "),
          ),
    );
  } else {
    offerRepair(failed);
  }
}

function offerRepair(failed: readonly ExtensionCheck[]): void {
  const again = vscode.l10n.t("Install Again");
  void vscode.window
    .showWarningMessage(
      failed.map(({ summary }) => summary).join(" "),
      ...(failed.length === 1 ? [again] : []),
    )
    .then((choice) =>
      choice === again
        ? vscode.commands.executeCommand(
            "viaduct.installExtension",
            failed[0]?.name,
          )
        : undefined,
    );
}
