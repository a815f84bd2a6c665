import { asciiBytes } from "../sql/asciiBytes";

/** How much of a text is made ready to be looked at. */
const windowSize = 4096;

/**
 * Characters of a text from an even offset on, four by four: one byte each, as they lie in memory everywhere. It is
 * made once for all texts, because to make it takes longer than to look through most of them.
 */
export class TextWindow {
  readonly fours = new Uint32Array(windowSize / 4 + 1);
  from = 0;
  end = 0;
  private readonly bytes = new Uint8Array(this.fours.buffer);
  private shown = 0;
  private asked = 0;

  /** A number for a text: by the text itself it would be kept, which may hold credentials. */
  ask(): number {
    this.asked++;
    return this.asked;
  }

  /** Makes the text at an even offset ready, and one character behind the window that the last three need. */
  show(asked: number, text: string, at: number): void {
    if (asked !== this.shown || at < this.from || at >= this.end) {
      const piece = text.slice(at, at + windowSize + 2);
      asciiBytes(piece, this.bytes);
      this.bytes.fill(0, piece.length);
      this.shown = asked;
      this.from = at;
      this.end = Math.min(at + windowSize, text.length);
    }
  }
}
