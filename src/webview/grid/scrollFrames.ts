import { FrameBudget } from "./frameBudget";

/** Draws the rows, of new ones so many at most, and says how many these were. */
type Draw = (atMost: number) => number;

/**
 * The frames of a scroll: in each of them the rows are drawn once, as many new ones as a frame can bear. In the first
 * frame without a movement the rest is drawn, whatever it takes.
 */
export class ScrollFrames {
  readonly #budget = new FrameBudget();
  readonly #painted = new MessageChannel();
  /** What has happened in the frame that is under way: `stale` is a movement after it was drawn. */
  #frame: "still" | "waiting" | "drawn" | "stale" = "still";
  #began = 0;
  #bound = 0;

  constructor(private readonly draw: Draw) {
    this.#painted.port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const { began, bound } = data as { began: number; bound: number };
      this.#budget.took(performance.now() - began, bound);
    };
  }

  /** Whether a frame is to come in which rows are drawn, those that have arrived meanwhile among them. */
  get areComing(): boolean {
    return this.#frame !== "still";
  }

  /** The rows were moved: draws, unless that was done in this frame. */
  moved(): void {
    if (this.#frame === "drawn" || this.#frame === "stale") {
      this.#frame = "stale";
      return;
    }
    // A movement alone, such as a jump, is no scroll: there is no next frame that would be late.
    const isAlone = this.#frame === "still";
    this.#frame = "drawn";
    this.#began = performance.now();
    this.#bound = this.draw(isAlone ? Infinity : this.#budget.rows);
    if (isAlone) requestAnimationFrame(this.#end);
  }

  /** The frame's last task before it is laid out and painted. */
  readonly #end = (): void => {
    if (this.#frame === "waiting") {
      this.#frame = "still";
      this.draw(Infinity);
      return;
    }
    if (this.#frame === "stale")
      this.#bound += this.draw(this.#budget.rows - this.#bound);
    this.#frame = "waiting";
    // Arrives when it has been painted.
    this.#painted.port2.postMessage({ began: this.#began, bound: this.#bound });
    requestAnimationFrame(this.#end);
  };
}
