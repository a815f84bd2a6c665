import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Alias,
  type Document,
  type Node as YamlNode,
  type Range,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { LineIndex } from "../diagnostics/lineIndex";
import type { FilePlace } from "../errors/errorInfo";
import { viaductError } from "../errors/makeError";
import type { ViaductError } from "../errors/viaductError";
import { tagStarts } from "./jinjaParts";
import type { ProfileMap, ProfileNode } from "./profileNodes";
import { isTooDeep } from "./yamlDepth";
import { yamlReason } from "./yamlReason";

/** More than any file of profiles has; aliases of aliases could come to millions. */
const mostNodes = 20_000;
const longestFile = 500_000;

/** A YAML file of dbt's, read and not evaluated. */
export interface ProfileText {
  readonly root: ProfileMap;
  /** The place of an offset. */
  readonly place: (offset: number) => FilePlace;
}

/**
 * Reads YAML 1.1 as dbt's parser does: one document, the last of equal keys wins, `<<` merges. Throws `profileInvalid` at
 * its place; no message repeats what is written in the file.
 */
export function parseProfileText(source: string, path: string): ProfileText {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const lines = new LineIndex(text);
  const place = (offset: number): FilePlace => ({
    path,
    ...lines.position(offset),
  });
  const document = parseOne(text, place);
  try {
    return { root: new Reader(text, document, place).root(), place };
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(place(0)) : error;
  }
}

function parseOne(
  text: string,
  place: (offset: number) => FilePlace,
): Document.Parsed | null {
  if (text.length > longestFile) {
    throw viaductError("profileInvalid", "This file is too long.", {
      file: place(0),
    });
  }
  if (isTooDeep(text)) {
    throw tooDeep(place(0));
  }
  let documents: readonly Document.Parsed[];
  try {
    const parsed = parseAllDocuments(text, {
      version: "1.1",
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch {
    // The parser is recursive: what it cannot read at all is nested too deeply.
    throw tooDeep(place(0));
  }
  const [document, second] = documents;
  const tag = document?.warnings.find(
    ({ code }) => code === "TAG_RESOLVE_FAILED",
  );
  const error = document?.errors[0] ?? second?.errors[0] ?? tag;
  if (error !== undefined) {
    throw viaductError(
      "profileInvalid",
      `This is not valid YAML: ${yamlReason(error.code)}.`,
      { file: place(error.pos[0]) },
    );
  }
  if (second !== undefined) {
    throw viaductError(
      "profileInvalid",
      "This file has several YAML documents, and dbt reads files of one: a line of three dashes begins another.",
      { file: place(second.range[0]) },
    );
  }
  return document ?? null;
}

class Reader {
  private nodes = 0;
  private readonly open = new Set<YamlNode>();
  private readonly anchors = new Map<string, YamlNode>();
  /** Above 0 inside of what an alias refers to. */
  private expanding = 0;

  constructor(
    private readonly text: string,
    private readonly document: Document.Parsed | null,
    private readonly place: (offset: number) => FilePlace,
  ) {}

  root(): ProfileMap {
    const contents = this.document?.contents ?? null;
    if (contents === null || !isMap(contents)) {
      throw this.invalid(
        contents === null || (isScalar(contents) && contents.value === null)
          ? "This file is empty."
          : "This file is no mapping of names to profiles.",
        contents?.range[0] ?? 0,
      );
    }
    return this.map(contents);
  }

  private node(node: unknown, fallback: number): ProfileNode {
    this.nodes += 1;
    if (this.nodes > mostNodes) {
      throw this.invalid("This file comes to too many values.", fallback);
    }
    if (isAlias(node)) {
      return this.aliased(node, node.range?.[0] ?? fallback);
    }
    if (
      isNode(node) &&
      "anchor" in node &&
      typeof node.anchor === "string" &&
      this.expanding === 0
    ) {
      this.anchors.set(node.anchor, node);
    }
    if (isMap(node)) {
      return this.guarded(node, () => this.map(node));
    }
    if (isSeq(node)) {
      const start = node.range?.[0] ?? fallback;
      return this.guarded(node, () => ({
        kind: "list",
        items: node.items.map((item) => this.node(item, start)),
        start,
      }));
    }
    return this.scalar(isScalar(node) ? node : null, fallback);
  }

  /** The last anchor of the name before the alias; the library looks through the whole document for each. */
  private aliased({ source }: Alias, at: number): ProfileNode {
    const target = this.anchors.get(source);
    if (target === undefined) {
      throw this.invalid("An alias (*) stands before its anchor (&).", at);
    }
    this.expanding += 1;
    try {
      return this.node(target, at);
    } finally {
      this.expanding -= 1;
    }
  }

  private map(map: YAMLMap): ProfileMap {
    const start = map.range?.[0] ?? 0;
    const own = new Map<string, ProfileNode>();
    const merged = new Map<string, ProfileNode>();
    for (const { key, value } of map.items) {
      const name = keyText(key);
      const at = isScalar(key) ? (key.range?.[0] ?? start) : start;
      if (name === null) {
        const { range } = (isNode(key) ? key : map) as { range?: Range };
        throw this.keyProblem(range?.[0] ?? at);
      }
      if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
        this.merge(value, at, merged);
      } else {
        own.set(name, this.node(value, at));
      }
    }
    return { kind: "map", entries: new Map([...merged, ...own]), start };
  }

  private keyProblem(at: number): ViaductError {
    return this.invalid(
      this.text.startsWith("{", at)
        ? "Jinja needs quotes around it in YAML: '{{ … }}'."
        : "A key of a mapping has to be a plain text.",
      at,
    );
  }

  private merge(
    value: unknown,
    at: number,
    merged: Map<string, ProfileNode>,
  ): void {
    const node = this.node(value, at);
    for (const source of node.kind === "list" ? node.items : [node]) {
      if (source.kind !== "map") {
        throw this.invalid("A merge key (<<) needs a mapping.", at);
      }
      for (const [name, item] of source.entries) {
        if (!merged.has(name)) {
          merged.set(name, item);
        }
      }
    }
  }

  private scalar(scalar: Scalar | null, fallback: number): ProfileNode {
    const [start, end] = scalar?.range ?? [fallback, fallback];
    const written = this.text.slice(start, end);
    const value = scalar?.value ?? null;
    const known =
      typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "boolean" ||
      value === null;
    // A date, say: the text is what dbt would print, too.
    const kept = known ? value : written;
    const isText = typeof kept === "string";
    return {
      kind: "scalar",
      value: kept,
      text: isText ? kept : kept === null ? "" : (scalar?.source ?? written),
      start,
      tags: isText ? tagStarts(written).map((tag) => start + tag) : [],
    };
  }

  private guarded(node: YamlNode, read: () => ProfileNode): ProfileNode {
    if (this.open.has(node)) {
      throw this.invalid(
        "An alias (*) stands inside of what it refers to.",
        node.range?.[0] ?? 0,
      );
    }
    this.open.add(node);
    try {
      return read();
    } finally {
      this.open.delete(node);
    }
  }

  private invalid(message: string, offset: number): ViaductError {
    return viaductError("profileInvalid", message, {
      file: this.place(offset),
    });
  }
}

function keyText(key: unknown): string | null {
  if (!isScalar(key)) {
    return null;
  }
  return typeof key.value === "string"
    ? key.value
    : (key.source ?? String(key.value));
}

function tooDeep(file: FilePlace): ViaductError {
  return viaductError("profileInvalid", "This file is nested too deeply.", {
    file,
  });
}
