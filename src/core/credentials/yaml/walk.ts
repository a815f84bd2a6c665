import type { OffsetRange } from "../finding";
import { anchorBefore } from "./anchor";
import { sign } from "./cursor";
import { Entry } from "./entry";
import { guessedKind, type FileKind } from "./kind";
import { readLineEntries } from "./lineEntries";
import type {
  YamlBroken,
  YamlList,
  YamlMap,
  YamlNode,
  YamlScalar,
} from "./node";
import { contentOf } from "./scalarText";
import { root, Scope } from "./scope";

/** Says which scalars are asked for; they come in order. */
export interface ScalarFilter {
  /** `key` is undefined for the item of a list, `before` the item before it. */
  isWanted(
    scalar: YamlScalar,
    scope: Scope,
    key: string | undefined,
    before: YamlScalar | null,
  ): boolean;
  /** Takes entries that were read without being asked for. */
  add(entries: readonly Entry[]): void;
}

/** A text of YAML: as it is written, and as it is read. */
export class YamlSource {
  /** True when nothing in it was made harmless: asked once, because it takes as long as the text. */
  readonly isPlain: boolean;
  private guess: FileKind | undefined;

  constructor(
    readonly text: string,
    /** Of the same length: what is no YAML in it is made harmless. */
    readonly prepared: string,
  ) {
    this.isPlain = text === prepared;
  }

  /** What it seems to be by its keys alone. Once for all of its documents: they may be thousands, and each is asked. */
  guessedKind(): FileKind {
    this.guess ??= guessedKind(this.text);
    return this.guess;
  }
}

/** The scalars of a document, in order, with what is around them: all, or those that are asked for. */
export function entriesOf(
  node: YamlNode,
  source: YamlSource,
  filter: ScalarFilter | null = null,
): Entry[] {
  const walker = new Walker(source, filter);
  walker.node(node, root, undefined, null);
  return walker.entries;
}

class Walker {
  readonly entries: Entry[] = [];

  constructor(
    private readonly source: YamlSource,
    private readonly filter: ScalarFilter | null,
  ) {}

  node(
    node: YamlNode,
    scope: Scope,
    key: string | undefined,
    before: YamlScalar | null,
  ): void {
    switch (node?.type) {
      case "map":
        this.map(node, new Scope(scope, key, node));
        break;
      case "list":
        this.list(node, new Scope(scope, key, node));
        break;
      case "scalar":
        if (
          node.end > node.start &&
          (this.filter === null ||
            this.filter.isWanted(node, scope, key, before))
        ) {
          this.entries.push(this.entry(node, scope, key, before));
        }
        break;
      case "broken":
        this.broken(node, scope, key);
        break;
      case undefined:
        break;
    }
  }

  /** What the parser made of a broken part, and the lines that it could not place or took into a value. */
  private broken(
    { start, end, node }: YamlBroken,
    scope: Scope,
    key: string | undefined,
  ): void {
    const { source } = this;
    const parsed = new Walker(source, null);
    parsed.node(node, scope, key, null);
    const own = parsed.entries.filter(
      ({ style, text: value }) => !isKeys(style, value),
    );
    const path =
      key === "" || key === undefined ? scope.path : [...scope.path, key];
    const kinds = [scope.kind, ...own.map(({ kind }) => kind)];
    const kind =
      kinds.find((each) => each !== "generic") ?? source.guessedKind();
    const lines = readLineEntries(source.text, { start, end }, kind, path);
    const all = [...own, ...besides(lines, own)];
    this.filter?.add(all);
    for (const entry of all) {
      this.entries.push(entry);
    }
  }

  private list({ items }: YamlList, scope: Scope): void {
    let before: YamlScalar | null = null;
    for (let index = 0; index < items.length; index++) {
      const item = items[index] ?? null;
      this.node(item, scope, undefined, before);
      before = item?.type === "scalar" ? item : null;
    }
  }

  private map({ keys, values }: YamlMap, scope: Scope): void {
    for (let index = 0; index < keys.length; index++) {
      this.node(values[index] ?? null, scope, keys[index], null);
    }
  }

  private entry(
    scalar: YamlScalar,
    scope: Scope,
    key: string | undefined,
    before: YamlScalar | null,
  ): Entry {
    const { isPlain, prepared, text } = this.source;
    const range = contentOf(text, scalar, scalar.style);
    const written = text.slice(range.start, range.end);
    // What was made harmless for the parser is read as it is written.
    const isAsWritten =
      isPlain ||
      text.slice(scalar.start, scalar.end) ===
        prepared.slice(scalar.start, scalar.end);
    return new ScalarEntry(
      scope,
      key,
      scalar,
      before,
      isAsWritten,
      range,
      written,
      text,
    );
  }
}

/** The entry of a scalar. */
class ScalarEntry extends Entry {
  constructor(
    scope: Scope,
    key: string | undefined,
    private readonly scalar: YamlScalar,
    private readonly previous: YamlScalar | null,
    private readonly isAsWritten: boolean,
    range: OffsetRange,
    text: string,
    private readonly written: string,
  ) {
    super(scope, key, key === undefined && scope !== root, range, text);
  }

  get whole(): OffsetRange {
    return this.scalar;
  }

  get style(): YamlScalar["style"] {
    return this.scalar.style;
  }

  get tag(): string {
    return this.scalar.tag;
  }

  get anchor(): string {
    return anchorBefore(this.written, this.scalar.start);
  }

  get isLiteral(): boolean {
    return (
      this.style === "block" &&
      this.written.charCodeAt(this.scalar.start) === sign.bar
    );
  }

  get value(): string {
    return this.isAsWritten ? this.scalar.source.trim() : this.text;
  }

  get isText(): boolean {
    return this.scalar.isText;
  }

  get isNumber(): boolean {
    return this.scalar.isNumber;
  }

  get before(): string {
    return this.previous?.value ?? "";
  }
}

/** True for a value into which the parser took the keys or items of further lines. */
function isKeys(style: Entry["style"], text: string): boolean {
  return (
    style !== "block" &&
    /\n[^\S\n]*(?:- +\S|["']?\w[\w .-]{0,79}["']?:(?:\s|$))/.test(text)
  );
}

/** Those of `lines` that are not within what others are. */
function besides(lines: readonly Entry[], others: readonly Entry[]): Entry[] {
  const places = others
    .map((entry) => entry.whole)
    .sort((a, b) => a.start - b.start);
  let next = 0;
  return lines.filter(({ range }) => {
    while ((places[next]?.end ?? Infinity) <= range.start) {
      next++;
    }
    return (places[next]?.start ?? Infinity) >= range.end;
  });
}
