import { isLineStart } from "../../sql/chars";
import type { Token, TokenKind } from "../../sql/token";
import { contentRange } from "../../sql/tokenText";
import type { OffsetRange, Place } from "../finding";
import { regionRange, stringText, type Region } from "../region";
import { isStock } from "../classify";
import { CredentialNames } from "./credentialNames";
import { isMixed } from "./mixed";

/** Tokens that can be a name: some dialects quote names like strings. */
function isNameKind(kind: TokenKind): boolean {
  return kind === "word" || kind === "quotedIdentifier" || kind === "string";
}

/** A literal in SQL: where its content lies in the document, and what it reads as. */
export interface Literal {
  readonly range: OffsetRange;
  readonly value: string;
  /** Index of the token after it. */
  readonly next: number;
  /** True when it is put together of several, so that no edit can replace it as one. */
  readonly isJoined?: true;
}

/** Where a literal stands, for those that put another in its place. */
export function placeOf({ isJoined }: Literal): Place {
  return isJoined === true ? "comment" : "sqlLiteral";
}

/** The tokens of a region without its comments, looked at by index. Any index may be asked for. */
export class SqlView {
  private readonly words: (string | undefined)[];
  private readonly names: CredentialNames;
  private closings: readonly number[] | undefined;
  private begins: readonly number[] | undefined;
  private stops: readonly number[] | undefined;

  /** `tokens` without comments. */
  constructor(
    readonly region: Region,
    readonly tokens: readonly Token[],
  ) {
    this.words = new Array<string | undefined>(tokens.length);
    this.names = new CredentialNames(tokens.length);
  }

  /** The unquoted word at `index` in lower case; the empty string for anything else. */
  word(index: number): string {
    const token = this.token(index);
    if (token?.kind !== "word") {
      return "";
    }
    const known = this.words[index];
    if (known !== undefined) {
      return known;
    }
    const { text } = this.region;
    const word = text.slice(token.start, token.end).toLowerCase();
    this.words[index] = word;
    return word;
  }

  /** True for a name that takes a credential. */
  namesCredential(name: string): boolean {
    return this.names.has(name);
  }

  /** True for an opening parenthesis at `index`. */
  opens(index: number): boolean {
    return this.punctuation(index) === 0x28;
  }

  /** The code of the punctuation at `index`; 0 for anything else. */
  punctuation(index: number): number {
    const token = this.token(index);
    return token?.kind === "punctuation"
      ? this.region.text.charCodeAt(token.start)
      : 0;
  }

  /** True when nothing but blanks is before the token at `index` on its line. */
  isFirstInLine(index: number): boolean {
    return isLineStart(this.region.text, this.token(index)?.start ?? 0);
  }

  /** Looked for only where there are tokens: what an array has not takes it long to say. */
  private token(index: number): Token | undefined {
    return index >= 0 && index < this.tokens.length
      ? this.tokens[index]
      : undefined;
  }

  /** The operator or punctuation at `index`; the empty string for anything else. */
  sign(index: number): string {
    const token = this.token(index);
    return token !== undefined &&
      (token.kind === "operator" || token.kind === "punctuation")
      ? this.region.text.slice(token.start, token.end)
      : "";
  }

  /** The token's own text. */
  raw(index: number): string {
    const token = this.token(index);
    return token === undefined
      ? ""
      : this.region.text.slice(token.start, token.end);
  }

  /** The name at `index`, in quotes of any kind or none; the empty string when it is no name. */
  name(index: number): string {
    const token = this.token(index);
    if (token === undefined || !isNameKind(token.kind)) {
      return "";
    }
    if (token.kind === "word") {
      return this.region.text.slice(token.start, token.end);
    }
    const range = contentRange(this.region.text, token);
    return this.region.text.slice(range.start, range.end);
  }

  /** The code of the first character between the quotes at `index`. */
  contentCode(index: number): number {
    const token = this.token(index);
    const { text } = this.region;
    return token === undefined
      ? 0
      : text.charCodeAt(contentRange(text, token).start);
  }

  /** True for a string of any kind. */
  isString(index: number): boolean {
    const kind = this.token(index)?.kind;
    return (
      kind === "string" || kind === "escapeString" || kind === "dollarString"
    );
  }

  /** The string at `index`, or with `isDoubleQuoted` also a `"x"`; null for anything else, an expression included. */
  literal(index: number, isDoubleQuoted = false): Literal | null {
    const token = this.token(index);
    const isDouble = isDoubleQuoted && token?.kind === "quotedIdentifier";
    // What only seems to be a dollar quote is a variable of a shell: `PGPASSWORD=$$PASSWORD`.
    const isOpen = token?.kind === "dollarString" && token.closed === false;
    if (token === undefined || isOpen || !(isDouble || this.isString(index))) {
      return null;
    }
    const { text } = this.region;
    const content = contentRange(text, token);
    const value = isDouble
      ? text.slice(content.start, content.end)
      : stringText(text, token);
    const range = regionRange(this.region, content);
    return { range, value, next: index + 1 };
  }

  /** The same for a value: `'a' || 'b'` is one, of which the range has all, and so is the default of `coalesce(a, 'b')`. */
  value(index: number, isDoubleQuoted = false): Literal | null {
    if (/^(?:coalesce|ifnull|nvl)$/.test(this.word(index))) {
      return this.fallback(index + 1);
    }
    const first = this.literal(index, isDoubleQuoted);
    let whole = first;
    while (whole !== null && this.sign(whole.next) === "||") {
      const more = this.literal(whole.next + 1);
      if (more === null) {
        return whole;
      }
      whole = {
        range: { start: whole.range.start, end: more.range.end },
        value: whole.value + more.value,
        next: more.next,
        isJoined: true,
      };
    }
    return whole;
  }

  /** The string that is last between the parentheses that open at `open`. A word there says that there is no value. */
  private fallback(open: number): Literal | null {
    const last = this.opens(open) ? this.argumentStarts(open).at(-1) : -1;
    const literal = this.literal(last ?? -1);
    return literal !== null &&
      literal.next === this.closing(open) &&
      (isMixed(literal.value) || isStock(literal.value))
      ? { ...literal, next: literal.next + 1, isJoined: true }
      : null;
  }

  /** Index of the parenthesis that closes the one at `open`, or the end of its statement. */
  closing(open: number): number {
    this.closings ??= this.matchParentheses();
    const closing = this.closings[open] ?? 0;
    return closing === 0 ? open : closing;
  }

  /** Index of the token behind the last semicolon before `index`. */
  begin(index: number): number {
    this.begins ??= this.findBegins();
    return this.begins[index] ?? 0;
  }

  /** Indices of the semicolons and of the words `language`, in order. */
  languageStops(): readonly number[] {
    this.stops ??= this.findLanguageStops();
    return this.stops;
  }

  /** First tokens of the arguments between the parentheses that open at `open`. */
  argumentStarts(open: number): number[] {
    const starts = [open + 1];
    let depth = 0;
    const end = this.closing(open);
    for (let index = open + 1; index < end; index++) {
      switch (this.sign(index)) {
        case "(":
          // What is in there is looked at once, for its own call: nested calls would be quadratic.
          index = this.closing(index);
          break;
        case "[":
        case "{":
          depth++;
          break;
        case "]":
        case "}":
          depth--;
          break;
        case ",":
          if (depth === 0) {
            starts.push(index + 1);
          }
          break;
      }
    }
    return starts;
  }

  /** Where each parenthesis is closed, in one pass: by its own, by a semicolon, or at the end. */
  private matchParentheses(): readonly number[] {
    const closings = new Array<number>(this.tokens.length).fill(0);
    const open: number[] = [];
    const closeAll = (index: number): void => {
      for (const each of open) {
        closings[each] = index;
      }
      open.length = 0;
    };
    for (let index = 0; index < this.tokens.length; index++) {
      switch (this.punctuation(index)) {
        case 0x28:
          open.push(index);
          break;
        case 0x29: {
          const each = open.pop();
          if (each !== undefined) {
            closings[each] = index;
          }
          break;
        }
        case 0x3b:
          closeAll(index);
          break;
      }
    }
    closeAll(this.tokens.length);
    return closings;
  }

  private findLanguageStops(): readonly number[] {
    const stops: number[] = [];
    for (let index = 0; index < this.tokens.length; index++) {
      if (this.punctuation(index) === 0x3b || this.word(index) === "language") {
        stops.push(index);
      }
    }
    return stops;
  }

  private findBegins(): readonly number[] {
    const begins: number[] = [];
    let begin = 0;
    for (let index = 0; index < this.tokens.length; index++) {
      begins.push(begin);
      if (this.punctuation(index) === 0x3b) {
        begin = index + 1;
      }
    }
    return begins;
  }
}
