import path from "node:path";
import * as vscode from "vscode";
import { viaductError } from "../../core/errors/makeError";
import type { DbtSession } from "../dbt/dbtSession";
import { askToInstall } from "../extensions/consent";
import type { StoredSecrets } from "../lint/storedSecrets";
import type { Settings } from "../settings/settings";
import { engineOptions, withLimits } from "./engineParts";
import { EngineProcess } from "./engineProcess";
import { EngineSession } from "./engineSession";
import type { SessionPasswords } from "./sessionAttachments";

/** The session of a window. Its engine starts with its first use, and never in a workspace that is not trusted. */
export function createSession(
  context: vscode.ExtensionContext,
  settings: Settings,
  dbt: DbtSession,
  passwords: SessionPasswords,
  stored: Pick<StoredSecrets, "all">,
): EngineSession {
  return new EngineSession({
    start: () => {
      if (!vscode.workspace.isTrusted) {
        throw viaductError(
          "engineUnavailable",
          vscode.l10n.t("Nothing is run in a workspace that is not trusted."),
        );
      }
      return new EngineProcess({
        path: context.asAbsolutePath(path.join("dist", "engine.js")),
        // VS Code's own executable is the Node that is certainly there.
        environment: { ELECTRON_RUN_AS_NODE: "1" },
      });
    },
    options: async () => ({
      ...engineOptions(context, settings, await dbt.select()),
      // Without them the engine still runs: `getenv()` of a stored name then says that the variable is missing.
      storedVariables: await stored.all().catch(() => ({})),
    }),
    prepare: (link, info) => dbt.read(link, info.dbtProblems),
    attachments: () => dbt.attachments,
    withLimits: (spec) => withLimits(spec, settings),
    passwords,
    mayInstall: askToInstall,
    now: () => Date.now(),
  });
}
