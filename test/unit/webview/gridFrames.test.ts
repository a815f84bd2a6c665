import assert from "node:assert/strict";
import fc from "fast-check";
import { FrameBudget } from "../../../src/webview/grid/frameBudget";

describe("rows that a frame of a scroll can bear", () => {
  /** Goes through frames in which `wanted` rows are new, and gives how many were bound in each. */
  function scroll(
    budget: FrameBudget,
    frames: number,
    wanted: number,
    took: (bound: number) => number,
  ): number[] {
    return Array.from({ length: frames }, () => {
      const bound = Math.min(wanted, budget.rows);
      budget.took(took(bound), bound);
      return bound;
    });
  }

  it("are all of them while frames are in time, however many they are", () => {
    const budget = new FrameBudget();
    assert.deepEqual(new Set(scroll(budget, 50, 400, () => 8)), new Set([400]));
  });

  it("become as many as are done in time, whatever a frame and a row cost, and never none", () => {
    const costs = fc.record({
      frame: fc.double({ min: 0, max: 30, noNaN: true }),
      row: fc.double({ min: 0.02, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(costs, ({ frame, row }) => {
        const budget = new FrameBudget();
        const cost = (rows: number): number => frame + row * rows;
        const bound = scroll(budget, 60, 1_000, cost);
        const last = bound.at(-1) ?? 0;
        assert.ok(bound.every((rows) => rows >= 4));
        // Nothing is left out that there was time for, and no frame is late for more than it has to: but for as many
        // rows as are lost in rounding, more where the frame itself takes most of the time.
        const near = 2 + 12 / Math.max(0.01, 12 - frame);
        assert.ok(cost(last - near) <= 12 || last === 4, `${cost(last)} ms`);
        assert.ok(cost(last + near) >= 12, `${cost(last)} ms for ${last} rows`);
      }),
    );
  });

  it("are as many as before soon after one frame that was late for another reason", () => {
    const budget = new FrameBudget();
    const cost = (rows: number): number => 2 + rows / 4;
    scroll(budget, 20, 40, cost);
    budget.took(200, 3);
    assert.ok(budget.rows === 4, "one late frame has room in the next");
    const [, , , , , later = 0] = scroll(budget, 6, 40, cost);
    assert.ok(later >= 20, `${later} rows`);
  });
});
