import type { Token } from "./token";
import { tokenValue } from "./tokenText";

/** Words after which a value may stand, and which can be no name that is given to one (`SELECT a :b` names b "a"). */
const reserved: ReadonlySet<string> = new Set(
  (
    "select distinct all where and or not on having limit offset in like ilike case when then else from for " +
    "returning using qualify"
  ).split(" "),
);
/** The same, of words that may also be names: they are none behind what a list of columns or tables begins with. */
const unreserved: ReadonlySet<string> = new Set(
  "between by values escape zone set to glob sample placing rows range top percent next".split(
    " ",
  ),
);
/** What a name for a value or a table may follow. */
const beforeNames: ReadonlySet<string> = new Set(
  "select distinct all from join returning".split(" "),
);
/** Words that go on after a value, and that no value begins with. */
const afterValues: ReadonlySet<string> = new Set(
  (
    "and or not is in like ilike between then else end when as asc desc from for group having limit offset order " +
    "union except intersect on using where returning similar escape at collate over row rows only fetch window nulls " +
    "isnull notnull preceding following into join left right inner cross full natural with placing operator overlaps"
  ).split(" "),
);

/** What stands around a sign that may be a parameter; the tokens have no comments among them. */
export class ParameterContext {
  /** Indexes of the tokens that have been found to be parameters; every other `?` is an operator. */
  readonly found = new Set<number>();

  constructor(
    readonly text: string,
    readonly tokens: readonly Token[],
  ) {}

  /** True where a value may begin: the token at `index` cannot go on what is before it. */
  isOperand(index: number): boolean {
    const before = this.tokens[index - 1];
    if (before === undefined) {
      return false;
    }
    switch (before.kind) {
      case "operator":
        return !this.isStep(index);
      case "punctuation":
        return this.isOpening(index, this.sign(index - 1));
      case "word":
        return this.isValueWord(index - 1);
      case "parameter":
        return this.sign(index - 1) === "?" && !this.found.has(index - 1);
      default:
        return false;
    }
  }

  /** True when the token at `index` may begin a value, so that what is before it is none. */
  beginsValue(index: number): boolean {
    const token = this.tokens[index];
    if (token === undefined) {
      return false;
    }
    switch (token.kind) {
      case "word":
        return !afterValues.has(this.word(index));
      case "punctuation":
        return this.sign(index) === "(" || this.sign(index) === "[";
      case "operator":
      case "psqlMeta":
      case "template":
      case "comment":
        return false;
      default:
        return true;
    }
  }

  /** The name that the value at `index` is compared with or given to: `password = ?`; empty for none. */
  comparedName(index: number): string {
    const name = this.tokens[index - 2];
    const isNamed =
      this.tokens[index - 1]?.kind === "operator" &&
      (name?.kind === "word" || name?.kind === "quotedIdentifier");
    return isNamed ? tokenValue(this.text, name) : "";
  }

  /** The sign at `index` as it is written. */
  sign(index: number): string {
    const token = this.tokens[index];
    return token === undefined ? "" : this.text.slice(token.start, token.end);
  }

  /** The unquoted word at `index` in lower case; empty for anything else. */
  word(index: number): string {
    return this.tokens[index]?.kind === "word"
      ? this.sign(index).toLowerCase()
      : "";
  }

  private isOpening(index: number, sign: string): boolean {
    switch (sign) {
      case "(":
      case ",":
        return true;
      case "[":
        return !this.isSubscript(index - 1);
      case ":":
        // `{'k': :v}` and `lambda x: :v`; in `a[1::n]` and `a[::n]` it is a step.
        return !this.isInSlice(index);
      default:
        return false;
    }
  }

  /** `a[…]`, not `[…]`: something is taken from what is before the bracket. */
  private isSubscript(open: number): boolean {
    const before = this.tokens[open - 1];
    switch (before?.kind) {
      case "word":
        return !this.isValueWord(open - 1) && this.word(open - 1) !== "array";
      case "punctuation":
        return /^[)\]}]$/.test(this.sign(open - 1));
      case "operator":
      case undefined:
        return false;
      default:
        return true;
    }
  }

  /** DuckDB's `a[1:-:n]`: the minus stands for the end, and what is behind it is a step. */
  private isStep(index: number): boolean {
    return (
      this.sign(index - 1) === "-" &&
      this.sign(index - 2) === ":" &&
      this.isInSlice(index)
    );
  }

  /** True when the innermost open bracket is that of a subscript. */
  private isInSlice(index: number): boolean {
    let depth = 0;
    for (let at = index - 1; at >= 0; at--) {
      const sign = this.tokens[at]?.kind === "punctuation" ? this.sign(at) : "";
      if (/^[)\]}]$/.test(sign)) {
        depth++;
      } else if (/^[([{]$/.test(sign)) {
        if (depth === 0) {
          return sign === "[" && this.isSubscript(at);
        }
        depth--;
      }
    }
    return false;
  }

  private isValueWord(index: number): boolean {
    const word = this.word(index);
    if (this.sign(index - 1) === ".") {
      return false;
    }
    return (
      reserved.has(word) ||
      (unreserved.has(word) &&
        index > 0 &&
        this.sign(index - 1) !== "," &&
        this.sign(index - 1) !== "(" &&
        !beforeNames.has(this.word(index - 1)))
    );
  }
}
