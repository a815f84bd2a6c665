/** Tallest spacer in pixels: browsers lose precision, and then rows, well before their own limit of 33 million. */
const maxSpacer = 8_000_000;
/** At both ends the scroll bar is one to one over this many pixels, so that the wheel reaches the first and last row. */
const edge = 100_000;

/** How the scroll bar's position (physical) and the position in the rows (logical) belong together, in pixels. */
export class ScrollScale {
  /** Height that the spacer has to have for the rows. */
  readonly spacer: number;
  readonly logicalMax: number;
  readonly physicalMax: number;
  readonly #scaled: boolean;

  constructor(contentHeight: number, viewHeight: number) {
    this.spacer = Math.min(contentHeight, maxSpacer);
    this.logicalMax = Math.max(0, contentHeight - viewHeight);
    this.physicalMax = Math.max(0, this.spacer - viewHeight);
    this.#scaled = contentHeight > maxSpacer;
  }

  /** Where the rows are when the scroll bar was dragged to `physical`. */
  toLogical(physical: number): number {
    const at = clamp(physical, this.physicalMax);
    if (!this.#scaled || at <= edge) return at;
    const fromEnd = this.physicalMax - at;
    if (fromEnd <= edge) return this.logicalMax - fromEnd;
    return edge + (at - edge) * this.#middleRatio();
  }

  /** Where the scroll bar is to stand for rows at `logical`. */
  toPhysical(logical: number): number {
    const at = clamp(logical, this.logicalMax);
    if (!this.#scaled || at <= edge) return at;
    const fromEnd = this.logicalMax - at;
    if (fromEnd <= edge) return this.physicalMax - fromEnd;
    return edge + (at - edge) / this.#middleRatio();
  }

  /** The logical position after the scroll bar moved from `before` to `after`: one to one unless it was a jump. */
  moved(logical: number, before: number, after: number, jump: number): number {
    if (!this.#scaled) return clamp(after, this.logicalMax);
    const delta = after - before;
    if (Math.abs(delta) > jump) return this.toLogical(after);
    return clamp(logical + delta, this.logicalMax);
  }

  /** True when the scroll bar stands too far from where it belongs to wait for the end of the gesture. */
  drifted(logical: number, physical: number): boolean {
    return Math.abs(this.toPhysical(logical) - physical) > edge / 2;
  }

  #middleRatio(): number {
    return (this.logicalMax - 2 * edge) / (this.physicalMax - 2 * edge);
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}
