import type { OffsetRange } from "../finding";
import { Hints } from "../gate";
import { LiteralSearch, type Hit, type LiteralCursor } from "../literalSearch";

/** What may be in the text of a scalar without a word that the gate knows. */
const others =
  "jdbc:oracle neo4j/ masterauth ${ env_var( default requirepass chpasswd curl";

const search = new LiteralSearch([
  ...others.split(" ").map((text) => ({ text, anyCase: false })),
  { text: "basic ", anyCase: false },
  { text: '"key":', anyCase: false },
  {
    text: '" "',
    anyCase: false,
    test: /(?<=^[ \t]*"[^"\n]{1,63})" "[^"\n]+"[ \t]*$/my,
  },
  ...["-p", "-P", "-a", "-w"].map((text) => ({
    text,
    anyCase: false,
    test: /(?<=\s)-[pPaw]/y,
  })),
]);

/** True for a text that can hold a credential without a word that the gate knows. */
export function mayHoldOther(text: string): boolean {
  return search.isIn(text);
}

/** Which of the scalars of a text, asked for in order, can hold a credential in their own text. */
export class ScalarHints {
  private readonly hints: Hints;
  private readonly cursor: LiteralCursor;
  private upcoming: Hit | null;

  constructor(text: string) {
    this.hints = new Hints(text);
    this.cursor = search.over(text);
    this.upcoming = this.cursor.next(0);
  }

  /** True when the scalar's text can hold one. */
  isIn(range: OffsetRange): boolean {
    return this.hints.isIn(range) || this.isOther(range);
  }

  private isOther({ start, end }: OffsetRange): boolean {
    if (this.upcoming !== null && this.upcoming.from <= start) {
      this.upcoming = this.cursor.next(start);
    }
    return this.upcoming !== null && this.upcoming.from <= end;
  }
}
