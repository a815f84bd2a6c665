import { asciiBytes } from "../sql/asciiBytes";

/** How much of a text is made ready to be looked at, at most. */
const windowSize = 4096;

/** So many bytes behind the last character are looked at together with it. */
const behind = 8;

/**
 * Characters of a text from an even offset on, four by four: one byte each, as they lie in memory everywhere. One is
 * for one text at a time.
 */
export class TextWindow {
  readonly fours: Uint32Array;
  from = 0;
  end = 0;
  private readonly bytes: Uint8Array;
  private filled = 0;

  /** For texts of up to so many characters it is made as small as they are. */
  constructor(length = windowSize) {
    const size = Math.min(windowSize, length);
    this.fours = new Uint32Array((size + behind + 3) >> 2);
    this.bytes = new Uint8Array(this.fours.buffer);
  }

  /** Makes the text at an even offset ready, and one character behind the window that the last three need. */
  show(text: string, at: number): void {
    if (at < this.from || at >= this.end) {
      const { bytes } = this;
      const piece = text.slice(at, at + windowSize + 2);
      asciiBytes(piece, bytes);
      bytes.fill(0, piece.length, piece.length + behind);
      this.filled = Math.max(this.filled, piece.length);
      this.from = at;
      this.end = Math.min(at + windowSize, text.length);
    }
  }

  /** Nothing of a text stays, which may hold credentials. */
  forget(): void {
    this.bytes.fill(0, 0, this.filled);
    this.filled = 0;
    this.from = 0;
    this.end = 0;
  }
}
