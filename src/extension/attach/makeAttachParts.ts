import type * as vscode from "vscode";
import type { DbtSession } from "../dbt/dbtSession";
import { createSession } from "../engine/createSession";
import type { EngineSession } from "../engine/engineSession";
import { storedPlaces } from "../lint/storedPlaces";
import { StoredSecrets } from "../lint/storedSecrets";
import type { Settings } from "../settings/settings";
import { askPassword } from "./askPassword";
import type { AttachParts } from "./attachParts";
import { passwordPlaces } from "./passwordPlaces";
import { PasswordStore } from "./passwordStore";

/** The session of a window, and what of it is in VS Code's SecretStorage. */
export function makeAttachParts(
  context: vscode.ExtensionContext,
  settings: Settings,
  dbt: DbtSession,
): AttachParts {
  const passwords = new PasswordStore(
    context.secrets,
    (spec) => passwordPlaces(settings, spec),
    askPassword,
  );
  const stored = new StoredSecrets(
    context.secrets,
    storedPlaces,
    async (variables) => {
      // An engine that is not there gets them when it starts.
      if (session.state.kind === "starting" || session.state.kind === "ready") {
        await session.request("setStoredVariables", { variables });
      }
    },
  );
  const session: EngineSession = createSession(
    context,
    settings,
    dbt,
    passwords,
    stored,
  );
  return { session, settings, passwords, stored };
}
