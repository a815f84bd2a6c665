import type { EngineSession } from "../engine/engineSession";
import type { StoredSecrets } from "../lint/storedSecrets";
import type { Settings } from "../settings/settings";
import type { PasswordStore } from "./passwordStore";

/** What attaching needs. */
export interface AttachParts {
  readonly session: EngineSession;
  readonly settings: Settings;
  readonly passwords: PasswordStore;
  /** Credentials that were moved out of SQL. */
  readonly stored: StoredSecrets;
}
