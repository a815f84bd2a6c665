/** The structure of a YAML document as far as the lint asks for it; null stands for an alias and for what is not read. */
export type YamlNode = YamlMap | YamlList | YamlScalar | YamlBroken | null;

/** A map; a key that is there twice is there twice. */
export interface YamlMap {
  readonly type: "map";
  readonly keys: readonly string[];
  readonly values: readonly YamlNode[];
}

/** A list. */
export interface YamlList {
  readonly type: "list";
  readonly items: readonly YamlNode[];
}

/** A part of a document that is no YAML, and what the parser made of it, if it was asked. */
export interface YamlBroken {
  readonly type: "broken";
  readonly start: number;
  readonly end: number;
  readonly node: YamlNode;
}

/** A scalar; one of no length is the value of a key without one. */
export interface YamlScalar {
  readonly type: "scalar";
  /** Offsets of the whole scalar, quotes and block header included. */
  readonly start: number;
  readonly end: number;
  readonly style: "plain" | "single" | "double" | "block";
  /** What the text reads as, escapes and line breaks resolved. */
  readonly source: string;
  /** The value as text: of `0x10` it is `16`. */
  readonly value: string;
  readonly isText: boolean;
  readonly isNumber: boolean;
  /** True for text alone, which a number with a tag may be. */
  readonly isString: boolean;
  readonly tag: string;
}

/** A scalar as the reader of blocks finds it. What it reads as is found out when it is asked for: of most nobody asks. */
export class ReadScalar implements YamlScalar {
  /** `own` is a tag of its own, which makes it text; `resolved` what it reads as where that is not what is written. */
  constructor(
    private readonly text: string,
    readonly start: number,
    readonly end: number,
    readonly style: YamlScalar["style"],
    private readonly own: string | null,
    private resolved: string | (() => string) | null,
  ) {}

  /** Of all alike, so that it takes no room in each. */
  get type(): "scalar" {
    return "scalar";
  }

  get source(): string {
    const { start, end } = this;
    if (typeof this.resolved === "function") {
      this.resolved = this.resolved();
    }
    if (this.resolved !== null) {
      return this.resolved;
    }
    return this.style === "plain"
      ? this.text.slice(start, end)
      : this.text.slice(start + 1, end - 1);
  }

  get value(): string {
    const { kind, source } = this;
    return kind === "text" ? source : plainValue(source, kind);
  }

  get isText(): boolean {
    return this.kind !== "other";
  }

  get isNumber(): boolean {
    return this.kind === "number";
  }

  get isString(): boolean {
    return this.kind === "text";
  }

  get tag(): string {
    return this.own ?? "";
  }

  /** What is quoted, or has a tag of its own, is text. */
  private get kind(): PlainKind {
    return this.style === "plain" && this.own === null
      ? plainKind(this.source)
      : "text";
  }
}

/** The value of a name in a node; undefined where there is none. */
export function memberOf(node: YamlNode, name: string): YamlNode | undefined {
  if (node?.type !== "map") {
    return undefined;
  }
  const index = node.keys.indexOf(name);
  return index < 0 ? undefined : node.values[index];
}

const number =
  /^(?:0o[0-7]+|[-+]?\d+|0x[\dA-Fa-f]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+|[-+]?(?:\.\d+|\d+\.\d*))$/;

/** What a plain text without a tag is by YAML's core schema. */
type PlainKind = "text" | "number" | "other";

function plainKind(text: string): PlainKind {
  const first = text.charCodeAt(0);
  // A digit, a sign or a point: nothing else begins a number.
  if (first <= 57 && first >= 43 && number.test(text)) {
    return "number";
  }
  switch (text) {
    case "":
    case "~":
    case "null":
    case "Null":
    case "NULL":
    case "true":
    case "True":
    case "TRUE":
    case "false":
    case "False":
    case "FALSE":
      return "other";
    default:
      return "text";
  }
}

/** The value of a plain text, as text: of `0x10` it is `16`. */
export function plainValue(text: string, kind = plainKind(text)): string {
  switch (kind) {
    case "text":
      return text;
    case "number":
      return String(numberOf(text));
    case "other":
      return /^[tf]/i.test(text) ? text.toLowerCase() : "null";
  }
}

function numberOf(text: string): number {
  if (/inf$/i.test(text)) {
    return text.startsWith("-") ? -Infinity : Infinity;
  }
  return text.startsWith("+") ? Number(text.slice(1)) : Number(text);
}
