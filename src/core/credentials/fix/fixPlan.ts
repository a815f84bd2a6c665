import type { OffsetRange } from "../finding";
import type { LintLanguage } from "../language";
import type { LintOptions } from "../options";

/** The document that a finding is in. */
export interface FixDocument {
  readonly text: string;
  readonly language: LintLanguage;
  readonly fileName: string;
  /** Names that the env file has already. */
  readonly takenNames: readonly string[];
  /** Names that a `.env` beside the document has already, for what reads that one; without it, the same names. */
  readonly takenBeside?: readonly string[];
  readonly options?: LintOptions;
}

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

/** What is left to do by hand where something else than the env file gives the value to the document. */
export type FixNote =
  | "github"
  | "gitlab"
  | "azure"
  | "kubernetes"
  | "parameter"
  | "environment"
  | "helm"
  | "secretsManager"
  | "envsubst";

/** How a credential leaves a document: the variable that takes it, and what the document says instead. */
export interface OffsetFixPlan {
  /** Words for the editor, short enough for the light bulb; they do not hold the value. */
  readonly title: string;
  readonly edits: readonly OffsetEdit[];
  /** Empty where the value is not needed any more. */
  readonly env: readonly EnvEntry[];
  /** True where the reader of the document looks for `.env` beside it and nowhere else. */
  readonly isBeside?: boolean;
  /** True where `getenv()` is DuckDB's shell's alone: Viaduct's engine does not answer there. */
  readonly isForCli?: boolean;
  readonly note?: FixNote;
}

/** A name for an environment variable out of words, one that is not taken. */
export function envName(
  words: readonly string[],
  taken: ReadonlySet<string>,
): string {
  const name = words
    .flatMap((word) =>
      word
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
        .split(/[^A-Za-z0-9]+/),
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

const referenced =
  /(?:getenv\s*\(\s*'|\\getenv\s+\S+\s+|\$\{|\$|env_var\(\s*['"]{1,2}|secrets\.)([A-Za-z_]\w*)/g;

/** Variables that a document refers to: to give one of them a value would change what the reference means. */
export function referencedNames(text: string): string[] {
  return [...text.matchAll(referenced)].map(([, name = ""]) => name);
}

/** True for a plan whose variables are all read by Viaduct's own `getenv()`. */
export function isForGetenv({
  env,
  edits,
  isForCli,
}: Pick<OffsetFixPlan, "env" | "edits" | "isForCli">): boolean {
  return (
    isForCli !== true &&
    env.length > 0 &&
    env.every(({ name }) =>
      edits.some(({ newText }) => newText.includes(`getenv('${name}')`)),
    )
  );
}

/** The line break that a document uses. */
export function lineBreak(text: string): "\r\n" | "\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
