import type { OffsetRange } from "../finding";
import type { FileKind } from "./kind";
import type { YamlScalar } from "./node";
import type { Siblings } from "./siblings";

/** What is around the values of a map, or the items of a list. */
export interface Surroundings {
  /** Names from the document's root to the map or the list. */
  readonly path: readonly string[];
  readonly kind: FileKind;
  /** The scalars in the map, by name; in a list of assignments, those. */
  readonly siblings: Siblings;
  /** True within a service of a pipeline's run, and within a database of a compose file that publishes no port. */
  readonly isThrowAway: boolean;
  /** Name of the enclosing resource (`metadata.name`) or the like, for messages. */
  readonly subject: string;
  /** Name of the header that the value of a key is for, where it is known. */
  headerOf?(key: string): string | undefined;
  /** Names that are put into a text for the sake of being replaced, where they are known. */
  readonly replaced?: ReadonlySet<string>;
}

/** One scalar of a YAML file that is a value. What of it is rarely asked for is found out then. */
export abstract class Entry {
  /** The whole scalar, quotes included. */
  abstract readonly whole: OffsetRange;
  abstract readonly style: YamlScalar["style"];
  /** A tag of an application (`!vault`, `!Ref`), or the empty string. */
  abstract readonly tag: string;
  /** The name of the anchor before it, or the empty string. */
  abstract readonly anchor: string;
  /** True for a block scalar that is read line by line as it is written. */
  abstract readonly isLiteral: boolean;
  /** The content as it is read: escapes and line breaks of quoted and folded scalars are gone. */
  abstract readonly value: string;
  /** False for booleans and null; numbers count as text. */
  abstract readonly isText: boolean;
  abstract readonly isNumber: boolean;
  /** The list item before it, or the empty string: `--password` before `x`. */
  abstract readonly before: string;
  private ownPath: readonly string[] | undefined;

  constructor(
    readonly around: Surroundings,
    /** Undefined for a value that has its surroundings' path. */
    readonly key: string | undefined,
    readonly isListItem: boolean,
    /** The value's content, quotes and block headers left out. */
    readonly range: OffsetRange,
    /** The content as it is written. */
    readonly text: string,
  ) {}

  /** Names from the document's root to the value's own key; list items have their list's name. */
  get path(): readonly string[] {
    const { around, key } = this;
    return (this.ownPath ??=
      key === undefined ? around.path : [...around.path, key]);
  }

  /** The last name of the path, or the empty string. */
  get name(): string {
    return this.key ?? this.around.path.at(-1) ?? "";
  }

  /** The name before it. */
  get above(): string {
    const { path } = this.around;
    return path.at(this.key === undefined ? -2 : -1) ?? "";
  }

  get kind(): FileKind {
    return this.around.kind;
  }

  /** Scalars beside it in its map, by name; in a list of assignments, those. */
  get siblings(): Siblings {
    return this.around.siblings;
  }

  /** Name of the header that it is for, which Grafana has in a map of its own. */
  get header(): string | undefined {
    const { around, key } = this;
    return key === undefined ? undefined : around.headerOf?.(key);
  }

  /** Names in its text in whose place something else will be, when it is a template of Heat's. */
  get replaced(): ReadonlySet<string> | undefined {
    const { around, key } = this;
    const isTemplate =
      key === undefined
        ? around.path.at(-1) === "Fn::Replace"
        : key === "template" && around.path.at(-1) === "str_replace";
    return isTemplate ? around.replaced : undefined;
  }

  /** True where what is kept is gone after a run, or reached by nobody. */
  get isThrowAway(): boolean {
    return this.around.isThrowAway;
  }

  /** Whose value it is, for messages. */
  get subject(): string {
    return this.around.subject;
  }
}
