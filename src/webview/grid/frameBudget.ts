/** What the page's own work may take of a sixtieth of a second, in milliseconds: what it made is still to be drawn. */
const bearable = 12;
/** Rows that are bound in any case: it goes on however slow it is. */
const fewest = 4;

/** How many rows can be bound in a frame of a scroll: learned from what frames take, without a bound until one is late. */
export class FrameBudget {
  #rows = Infinity;

  get rows(): number {
    return Math.max(fewest, Math.round(this.#rows));
  }

  /** A frame in which so many rows were bound took so many milliseconds. */
  took(milliseconds: number, bound: number): void {
    // A frame that was in time with fewer rows than it might have had does not tell what more would have taken.
    if (bound === 0 || (milliseconds <= bearable && bound < this.rows)) return;
    const right = (bound * bearable) / milliseconds;
    this.#rows = (Math.min(this.#rows, bound) + right) / 2;
  }
}
