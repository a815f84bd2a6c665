import { guideSetting } from "../connections/guideSettings";
import { knownAdapter } from "./adapters";
import { placeKind, type DuckdbOutput } from "./duckdbOutput";
import { hasPersistentSecret } from "./duckdbSecrets";
import type { RenderedMap } from "./profileNodes";
import { isTrue, scalarOf } from "./rendered";

/** Keys of a dbt-duckdb output that are for dbt's own process, and why they do nothing here. */
const withoutEffect: Readonly<Record<string, string>> = {
  filesystems:
    "filesystems are not used: fsspec is a library of Python; a secret with the httpfs extension reads the same places in DuckDB.",
  plugins:
    "plugins are not used: they are Python code that runs inside of dbt.",
  remote:
    "remote is not used: the session runs in a DuckDB of its own and not on that server.",
  module_paths: "module_paths are not used: they are for Python code of dbt.",
  retries:
    "retries are not used: Viaduct waits for a locked DuckDB file by itself and runs no statement twice.",
};

/** Why no session can work in the database of an output, in one sentence; null when one can. */
export function elsewhereNote(
  type: string,
  path: string | null,
): string | null {
  if (type !== "duckdb") {
    return type === "postgres" || type === ""
      ? null
      : `${shownType(type)} is another database's: Viaduct works with outputs of type duckdb and postgres, and the session has a database in memory.`;
  }
  switch (path === null ? "memory" : placeKind(path)) {
    case "motherduck":
      return "path leads to MotherDuck, which cannot be opened here: the session has a database in memory.";
    case "other":
      return "path is no DuckDB file, and cannot be opened as the session's database: the session has a database in memory.";
    default:
      return null;
  }
}

function shownType(type: string): string {
  const adapter = knownAdapter(type);
  return adapter === null ? "The type of this output" : `type: ${adapter}`;
}

/** What Viaduct does instead of the words of a dbt-duckdb output, or cannot do; one sentence each, without a value. */
export function duckdbNotes(map: RenderedMap, output: DuckdbOutput): string[] {
  const notes: string[] = [];
  for (const { name, value } of output.settings) {
    const effect = guideSetting(name, value);
    if (effect !== null && effect.kind !== "problem") {
      notes.push(effect.note);
    }
  }
  for (const [key, note] of Object.entries(withoutEffect)) {
    const node = map.entries.get(key);
    if (
      node !== undefined &&
      !(node.kind === "scalar" && node.value === null)
    ) {
      notes.push(note);
    }
  }
  if (isTrue(map.entries.get("disable_transactions"))) {
    notes.push(
      "disable_transactions is not used: each statement is a transaction of its own unless you say BEGIN.",
    );
  }
  if (map.entries.has("keep_open")) {
    notes.push(
      "keep_open is not used: the setting viaduct.duckdb.releaseAfterSeconds says when the DuckDB file is closed.",
    );
  }
  if (hasPersistentSecret(map)) {
    notes.push(
      "persistent secrets are made temporary: a persistent one would be written to disk as it is.",
    );
  }
  if (
    output.attach.some(
      ({ kind, wantsWrites }) => kind === "postgres" && wantsWrites,
    )
  ) {
    notes.push(
      "read_only: false is not taken over: a PostgreSQL database is attached read-only until you allow writes.",
    );
  }
  return notes;
}

/** The same for an output of `type: postgres`. */
export function postgresNotes(map: RenderedMap): string[] {
  const notes: string[] = [];
  if ((scalarOf(map, "retries")?.value ?? 1) !== 1) {
    notes.push(
      "retries are not used: a connection that failed is tried again by the next statement.",
    );
  }
  if (scalarOf(map, "application_name") !== undefined) {
    notes.push(
      "application_name is not used: Viaduct's own name lets it find and cancel what it runs on the server.",
    );
  }
  return notes;
}

/** The note for the patterns guide's own key. */
export const externalSourcesNote =
  "external_sources is not a key of dbt-duckdb: Viaduct offers external_sources.postgresql as a PostgreSQL database to attach.";

/** The note for a file that has outputs without the name of a profile above them, as the patterns guide writes it. */
export const namelessNote =
  'The outputs stand at the top of the file, without the name of a profile: Viaduct calls the profile "default"; dbt would not find one.';
