import type { OffsetRange } from "../finding";
import type { FileKind } from "./kind";
import type { Siblings } from "./siblings";

/** One scalar of a YAML file that is a value. */
export interface Entry {
  /** Names from the document's root to the value's own key; list items have their list's name. */
  readonly path: readonly string[];
  readonly kind: FileKind;
  /** The value's content, quotes and block headers left out. */
  readonly range: OffsetRange;
  /** The whole scalar, quotes included. */
  readonly whole: OffsetRange;
  /** The content as it is written. */
  readonly text: string;
  /** The content as it is read: escapes and line breaks of quoted and folded scalars are gone. */
  readonly value: string;
  readonly style: "plain" | "single" | "double" | "block";
  /** False for booleans and null; numbers count as text. */
  readonly isText: boolean;
  readonly isNumber: boolean;
  /** A tag of an application (`!vault`, `!Ref`), or the empty string. */
  readonly tag: string;
  readonly isListItem: boolean;
  /** The list item before it, or the empty string: `--password` before `x`. */
  readonly before: string;
  /** Scalars beside it in its map, by name; in a list of assignments, those. */
  readonly siblings: Siblings;
  /** True within a service of a pipeline's run, and within a database of a compose file that publishes no port. */
  readonly isThrowAway: boolean;
  /** Name of the enclosing resource (`metadata.name`) or the like, for messages. */
  readonly subject: string;
}
