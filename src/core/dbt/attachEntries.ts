import { checkAlias } from "../connections/alias";
import { hasPassword } from "../connections/connectionPassword";
import type { ErrorInfo, FilePlace } from "../errors/errorInfo";
import { errorInfo } from "../errors/makeError";
import { ViaductError } from "../errors/viaductError";
import { isPostgresEntry } from "./connectionFields";
import type { RenderedMap, RenderedNode } from "./profileNodes";
import { isTrue, itemsOf, scalarOf } from "./rendered";

/** An entry of dbt-duckdb's `attach`. */
export interface AttachEntry {
  readonly kind: "postgres" | "duckdb";
  /** The given one, or what DuckDB or Viaduct calls it. */
  readonly alias: string;
  readonly path: string;
  /** Lower case; empty where the path says it. */
  readonly type: string;
  readonly readOnly: boolean;
  /** True where the profile says `read_only: false` in words. */
  readonly wantsWrites: boolean;
  /** Name of a secret; empty for none. */
  readonly secret: string;
  /** Further options of ATTACH, by name in lower case; true for one without a value. */
  readonly options: ReadonlyMap<string, string | true | readonly string[]>;
  readonly start: number;
  readonly file: FilePlace;
}

/** True for a path with a password in it, whatever format it is of: DuckDB would show it in its list of databases. */
export function exposesPassword(path: string): boolean {
  return hasPassword(path) || /password\s*=|:\/\/[^/@]*:[^/@]*@/i.test(path);
}

/** The entries, and what is wrong with the others. Jinja that failed is told where it is evaluated. */
export function attachEntries(
  node: RenderedNode | undefined,
  place: (offset: number) => FilePlace,
): { readonly entries: AttachEntry[]; readonly problems: ErrorInfo[] } {
  const entries: AttachEntry[] = [];
  const problems: ErrorInfo[] = [];
  for (const [index, item] of itemsOf(node).entries()) {
    const file = place(item.start);
    const map = entryMap(item);
    if (map === null) {
      problems.push(
        errorInfo(
          "profileInvalid",
          "An entry of attach is a mapping with a path.",
          { file },
        ),
      );
      continue;
    }
    const parsed = readEntry(map, index, file);
    if (parsed === null) {
      continue;
    }
    const problem = "class" in parsed ? parsed : aliasProblem(parsed, entries);
    if (problem !== null) {
      problems.push({ ...problem, file });
    } else if (!("class" in parsed)) {
      entries.push(parsed);
    }
  }
  return { entries, problems };
}

/** A lone text is a path; one whose Jinja failed has been told. */
function entryMap(item: RenderedNode): RenderedMap | null {
  if (item.kind === "scalar" && typeof item.value === "string") {
    return {
      kind: "map",
      entries: new Map([["path", item]]),
      start: item.start,
    };
  }
  if (item.kind === "scalar" && item.problem !== null) {
    return {
      kind: "map",
      entries: new Map([["path", item]]),
      start: item.start,
    };
  }
  return item.kind === "map" ? item : null;
}

function readEntry(
  map: RenderedMap,
  index: number,
  file: FilePlace,
): AttachEntry | ErrorInfo | null {
  const optionsNode = map.entries.get("options");
  const extra: RenderedMap =
    optionsNode?.kind === "map"
      ? optionsNode
      : { kind: "map", entries: new Map(), start: map.start };
  const find = (key: string) => scalarOf(map, key) ?? scalarOf(extra, key);
  const path = scalarOf(map, "path");
  const type = find("type");
  const secret = find("secret");
  const alias = scalarOf(map, "alias");
  const parts = [path, type, alias];
  // The entry stays when only its credentials are unknown: using it says what is missing.
  if (
    parts.some(
      (part) => part !== undefined && part.problem !== null && part !== path,
    )
  ) {
    return null;
  }
  const typeText = (type?.text ?? "").toLowerCase();
  const isPostgres = isPostgresEntry(path?.text ?? "", typeText);
  if (path === undefined && !(isPostgres && secret !== undefined)) {
    return errorInfo("profileInvalid", "An entry of attach has no path.", {
      file,
    });
  }
  if (path !== undefined && path.problem !== null && !isPostgres) {
    return null;
  }
  const readOnly =
    map.entries.get("read_only") ?? extra.entries.get("read_only");
  return {
    kind: isPostgres ? "postgres" : "duckdb",
    alias: alias?.text ?? (isPostgres ? `attached_${index + 1}` : ""),
    path: path?.text ?? "",
    type: typeText,
    readOnly: isTrue(readOnly),
    wantsWrites: readOnly !== undefined && !isTrue(readOnly),
    secret: secret?.text ?? "",
    options: optionsOf(extra),
    start: map.start,
    file,
  };
}

function optionsOf(extra: RenderedMap): AttachEntry["options"] {
  const options = new Map<string, string | true | readonly string[]>();
  for (const [key, node] of extra.entries) {
    const name = key.toLowerCase();
    if (["type", "secret", "read_only"].includes(name) || !/^\w+$/.test(name)) {
      continue;
    }
    if (node.kind === "list") {
      options.set(
        name,
        node.items.map((item) => (item.kind === "scalar" ? item.text : "")),
      );
    } else if (node.kind === "scalar" && typeof node.value === "boolean") {
      // As dbt-duckdb: a false one is left out.
      if (node.value) {
        options.set(name, true);
      }
    } else if (node.kind === "scalar" && node.value !== null) {
      options.set(name, node.text.replace(/^(['"])(.*)\1$/s, "$2"));
    }
  }
  return options;
}

function aliasProblem(
  entry: AttachEntry,
  others: readonly AttachEntry[],
): ErrorInfo | null {
  if (entry.alias === "") {
    return null;
  }
  try {
    checkAlias(entry.alias);
  } catch (error) {
    return error instanceof ViaductError ? error.info : null;
  }
  return others.some(
    ({ alias }) => alias.toLowerCase() === entry.alias.toLowerCase(),
  )
    ? errorInfo(
        "aliasInvalid",
        `Two entries of attach have the alias "${entry.alias}".`,
      )
    : null;
}
