import { lex } from "../sql/lexer";
import type { Token } from "../sql/token";
import { tokenValue } from "../sql/tokenText";

/** The tokens of one statement without comments, looked at by index. Any index may be asked for. */
export class Words {
  readonly tokens: readonly Token[];

  constructor(readonly sql: string) {
    this.tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  }

  /** The unquoted word or the sign at `index` in lower case; empty for anything else. */
  plain(index: number): string {
    const token = this.tokens[index];
    return token === undefined || this.isString(index) || this.isQuoted(index)
      ? ""
      : this.sql.slice(token.start, token.end).toLowerCase();
  }

  /** What the token at `index` stands for, quotes off. */
  value(index: number): string {
    const token = this.tokens[index];
    return token === undefined ? "" : tokenValue(this.sql, token);
  }

  /** True for a string literal of any kind. */
  isString(index: number): boolean {
    const kind = this.tokens[index]?.kind;
    return (
      kind === "string" || kind === "escapeString" || kind === "dollarString"
    );
  }

  /** Index of the sign that closes the bracket at `open`, or of the end. */
  closing(open: number): number {
    let depth = 0;
    for (let index = open; index < this.tokens.length; index++) {
      const sign = this.plain(index);
      depth += "([{".includes(sign || "?") ? 1 : 0;
      depth -= ")]}".includes(sign || "?") ? 1 : 0;
      if (depth === 0) {
        return index;
      }
    }
    return this.tokens.length;
  }

  private isQuoted(index: number): boolean {
    return this.tokens[index]?.kind === "quotedIdentifier";
  }
}

/** An option in brackets: `NAME value` or `NAME = value`. */
export interface Option {
  /** In lower case. */
  readonly name: string;
  /** Index of the name's token. */
  readonly at: number;
  /** Indexes of the value's tokens, `end` exclusive; the same twice for an option without a value. */
  readonly from: number;
  readonly end: number;
}

/** The options between the brackets that open at `open`. */
export function optionsAt(words: Words, open: number): Option[] {
  const options: Option[] = [];
  const close = words.closing(open);
  let at = open + 1;
  while (at < close) {
    let end = at;
    for (; end < close && words.plain(end) !== ","; end++) {
      if (/^[([{]$/.test(words.plain(end))) {
        end = Math.min(words.closing(end), close - 1);
      }
    }
    const hasSign = ["=", ":=", "=>"].includes(words.plain(at + 1));
    const from = Math.min(at + (hasSign ? 2 : 1), end);
    if (end > at) {
      options.push({ name: words.value(at).toLowerCase(), at, from, end });
    }
    at = end + 1;
  }
  return options;
}
