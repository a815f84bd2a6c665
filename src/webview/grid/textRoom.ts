import type { ColumnLayout } from "./columnLayout";

/** Padding and border of a cell, in pixels. */
const aroundText = 19;
/** Texts whose width is told by the widest letter. */
const plain = /^[\x20-\x7e]*$/;

/**
 * Which columns have texts that may be wider than they are. Only their cells are clipped: clipping each one takes a
 * tenth of a frame's time while rows fly by.
 */
export class TextRoom {
  readonly #clipped = new Set<number>();

  constructor(
    private readonly layout: ColumnLayout,
    private readonly letterWidth: number,
  ) {}

  /** Whether a cell with this text is to be clipped; once one is, all of its column are. */
  isClipped(position: number, text: string): boolean {
    if (this.#clipped.has(position)) return true;
    const room = this.layout.width(position) - aroundText;
    if (text.length * this.letterWidth <= room && plain.test(text))
      return false;
    this.#clipped.add(position);
    return true;
  }
}
