import { isSecretName } from "../connections/secretWords";
import type { ErrorInfo, FilePlace } from "../errors/errorInfo";
import { errorInfo } from "../errors/makeError";
import { attachEntries, type AttachEntry } from "./attachEntries";
import type { RenderedMap, RenderedNode } from "./profileNodes";
import { duckdbSecrets, type DuckdbSecret } from "./duckdbSecrets";
import { hasProblem, itemsOf, scalarOf } from "./rendered";

/** An extension of a dbt-duckdb output. */
export interface DuckdbExtension {
  readonly name: string;
  /** Where it comes from: `core`, `core_nightly`, `community`, a URL or a folder; null for the usual places. */
  readonly repository: string | null;
  readonly file: FilePlace;
}

/** A setting of a dbt-duckdb output. */
export interface DuckdbSetting {
  readonly name: string;
  readonly value: string;
  readonly file: FilePlace;
}

/** What of a dbt-duckdb output concerns DuckDB. */
export interface DuckdbOutput {
  /** As it is written; null for a database in memory. */
  readonly path: string | null;
  readonly extensions: readonly DuckdbExtension[];
  /** `config_options` come first: they are said when DuckDB starts. */
  readonly settings: readonly DuckdbSetting[];
  readonly secrets: readonly DuckdbSecret[];
  readonly attach: readonly AttachEntry[];
  readonly problems: readonly ErrorInfo[];
}

/** Reads a dbt-duckdb output. A wrong entry is a problem, and the others count. */
export function duckdbOutput(
  map: RenderedMap,
  place: (offset: number) => FilePlace,
): DuckdbOutput {
  const reader = new OutputReader(map, place);
  return {
    path: reader.path(),
    extensions: reader.extensions(),
    settings: [
      ...reader.settings("config_options"),
      ...reader.settings("settings"),
    ],
    secrets: reader.secrets(),
    attach: reader.attach(),
    problems: reader.problems,
  };
}

/** The path of a dbt-duckdb output when DuckDB would take it for a file; null for memory and for other places. */
export function filePath(path: string | null): string | null {
  return path === null || placeKind(path) !== "file" ? null : path;
}

/** Where a path of dbt-duckdb's leads. */
export function placeKind(
  path: string,
): "memory" | "file" | "motherduck" | "other" {
  if (path === "" || path.startsWith(":memory:")) {
    return "memory";
  }
  // One letter before the colon is a drive.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return "file";
  }
  return scheme === "md" || scheme === "motherduck" ? "motherduck" : "other";
}

class OutputReader {
  readonly problems: ErrorInfo[] = [];

  constructor(
    private readonly map: RenderedMap,
    private readonly place: (offset: number) => FilePlace,
  ) {}

  path(): string | null {
    const scalar = scalarOf(this.map, "path");
    const text = scalar?.text ?? "";
    return text === "" || placeKind(text) === "memory" ? null : text;
  }

  extensions(): DuckdbExtension[] {
    return itemsOf(this.map.entries.get("extensions")).flatMap((item) => {
      const map = item.kind === "map" ? item : null;
      const scalar = map === null ? item : scalarOf(map, "name");
      if (hasProblem(scalar)) {
        return [];
      }
      const name = scalar?.kind === "scalar" ? scalar.text.trim() : "";
      if (!/^\w+$/.test(name)) {
        this.report(
          "An entry of extensions is the name of an extension, or a mapping with name and repo.",
          item,
        );
        return [];
      }
      const repository =
        (map && scalarOf(map, "repo", "repository")?.text) ?? null;
      return [{ name, repository, file: this.place(item.start) }];
    });
  }

  settings(key: string): DuckdbSetting[] {
    const node = this.map.entries.get(key);
    if (node?.kind !== "map") {
      this.expect(node, `${key} has to be a mapping of names to values.`);
      return [];
    }
    return [...node.entries].flatMap(([name, value]) => {
      if (
        hasProblem(value) ||
        (value.kind === "scalar" && value.value === null)
      ) {
        return [];
      }
      const text = settingText(value);
      if (text === null) {
        this.report(
          `The setting ${shownName(name)} cannot be a mapping.`,
          value,
        );
        return [];
      }
      return [{ name, value: text, file: this.place(value.start) }];
    });
  }

  secrets(): DuckdbSecret[] {
    return duckdbSecrets(this.map, this.place, (message, node) => {
      this.report(message, node);
    });
  }

  attach(): AttachEntry[] {
    const { entries, problems } = attachEntries(
      this.map.entries.get("attach"),
      this.place,
    );
    this.problems.push(...problems);
    return entries;
  }

  /** A problem, unless nothing is there or its Jinja is a problem already. */
  private expect(node: RenderedNode | undefined, message: string): void {
    const isNothing = node?.kind === "scalar" && node.value === null;
    if (node !== undefined && !isNothing) {
      this.report(message, node);
    }
  }

  private report(message: string, { start }: RenderedNode): void {
    this.problems.push(
      errorInfo("profileInvalid", message, { file: this.place(start) }),
    );
  }
}

/** A name as a message may have it: nobody's password. */
function shownName(name: string): string {
  return /^\w{1,63}$/.test(name) && !isSecretName(name)
    ? `"${name}"`
    : "of this line";
}

function settingText(node: RenderedNode): string | null {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "boolean"
        ? String(node.value)
        : typeof node.value === "number" && Number.isSafeInteger(node.value)
          ? String(node.value)
          : node.text;
    case "list": {
      const items = node.items.map(settingText);
      return items.includes(null)
        ? null
        : `[${items.map((item) => `'${(item ?? "").replaceAll("'", "''")}'`).join(", ")}]`;
    }
    case "map":
      return null;
  }
}
