import { FrameBudget } from "./frameBudget";

/** Frames without a movement after which a scroll has ended: wheels do not turn in every frame. */
const restFrames = 6;

/** Draws the rows, of new ones so many at most, and says how many these were. */
type Draw = (atMost: number) => number;

/**
 * The frames of a scroll: in each of them the rows are drawn once, as many new ones as a frame can bear. In the first
 * frame without a movement the rest is drawn, whatever it takes.
 */
export class ScrollFrames {
  readonly #budget = new FrameBudget();
  readonly #painted = new MessageChannel();
  #isScroll = false;
  /** Frames since the last movement. */
  #quiet = 0;
  /** Whether the frame that is under way has been drawn, and whether there was another movement since. */
  #isDrawn = false;
  #isStale = false;
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
    return this.#isScroll && this.#quiet === 0;
  }

  /** The rows were moved: draws, unless that was done in this frame. */
  moved(): void {
    if (this.#isDrawn) {
      this.#isStale = true;
      return;
    }
    this.#isDrawn = true;
    this.#quiet = 0;
    this.#began = performance.now();
    // A movement alone, such as a jump, is no scroll: there is no next frame that would be late.
    this.#bound = this.draw(this.#isScroll ? this.#budget.rows : Infinity);
    if (this.#isScroll) return;
    this.#isScroll = true;
    requestAnimationFrame(this.#end);
  }

  /** The frame's last task before it is laid out and painted. */
  readonly #end = (): void => {
    if (this.#isDrawn) this.#finish();
    else this.#rest();
    this.#isDrawn = this.#isStale = false;
    if (this.#isScroll) requestAnimationFrame(this.#end);
  };

  #finish(): void {
    if (this.#isStale)
      this.#bound += this.draw(this.#budget.rows - this.#bound);
    // Arrives when it has been painted.
    this.#painted.port2.postMessage({ began: this.#began, bound: this.#bound });
  }

  #rest(): void {
    this.#quiet += 1;
    if (this.#quiet === 1) this.draw(Infinity);
    this.#isScroll = this.#quiet < restFrames;
  }
}
