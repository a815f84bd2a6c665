import type { DuckdbSetting } from "../../core/dbt/duckdbOutput";
import type { FilePlace } from "../../core/errors/errorInfo";

/** A setting of DuckDB's that somebody wants. */
export interface WantedSetting {
  readonly name: string;
  readonly value: string;
  readonly origin: "setting" | "dbt";
  /** Where a profile says it. */
  readonly file?: FilePlace;
}

/** Those of a dbt output and those of the editor's settings, which win; the last word about a name counts. */
export function wantedSettings(
  settings: Readonly<Record<string, string>>,
  dbt: readonly DuckdbSetting[],
): readonly WantedSetting[] {
  const byName = new Map<string, WantedSetting>();
  for (const setting of dbt) {
    byName.set(setting.name.toLowerCase(), { ...setting, origin: "dbt" });
  }
  for (const [name, value] of Object.entries(settings)) {
    byName.set(name.toLowerCase(), { name, value, origin: "setting" });
  }
  return [...byName.values()];
}

/** Settings that DuckDB takes only when it starts. */
const startNames = new Set([
  "allow_unsigned_extensions",
  "custom_user_agent",
  "duckdb_api",
]);

/** Settings that extensions are found, downloaded and loaded by. */
const earlyNames =
  /extension|^http_proxy|^ca_cert|^enable_server_cert|^home_directory$|^memory_limit$|^max_memory$|^threads$|^temp_directory$/;

/** Settings after which the session cannot be prepared any further, and those that name what is attached. */
const lateNames = new Set(["enable_external_access", "search_path", "schema"]);

/** When a setting is applied. */
export type SettingTime = "start" | "early" | "usual" | "late";

/** The time for a setting. */
export function timeOf({ name }: WantedSetting): SettingTime {
  const known = name.toLowerCase();
  if (startNames.has(known)) {
    return "start";
  }
  if (earlyNames.test(known)) {
    return "early";
  }
  return lateNames.has(known) ? "late" : "usual";
}
