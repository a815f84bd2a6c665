import type { OffsetRange } from "../finding";

/** Text to put in the place of a range of the document. */
export interface OffsetEdit {
  readonly range: OffsetRange;
  readonly newText: string;
}

/** A variable for the env file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
}

/** How a credential leaves a document: the variable that takes it, and what the document says instead. */
export interface OffsetFixPlan {
  /** Words for the editor; they do not hold the value. */
  readonly title: string;
  readonly edits: readonly OffsetEdit[];
  readonly env: readonly EnvEntry[];
}

/** A name for an environment variable out of words, one that is not taken. */
export function envName(
  words: readonly string[],
  taken: ReadonlySet<string>,
): string {
  const name = words
    .flatMap((word) =>
      word.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").split(/[^A-Za-z0-9]+/),
    )
    .filter((word) => word !== "")
    .join("_")
    .toUpperCase();
  const base = /^[A-Z_]/.test(name) ? name : `VALUE_${name}`;
  let free = base;
  for (let number = 2; taken.has(free); number++) {
    free = `${base}_${number}`;
  }
  return free;
}
