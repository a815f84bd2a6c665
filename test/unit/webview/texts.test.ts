import assert from "node:assert/strict";
import { clock, counted, duration } from "../../../src/webview/texts";
import { readViewState } from "../../../src/webview/viewState";

describe("panel texts", () => {
  it("says durations as a person would", () => {
    assert.equal(duration(0.4), "0 ms");
    assert.equal(duration(999.4), "999 ms");
    assert.equal(duration(999.6), "1.00 s");
    assert.equal(duration(9_994), "9.99 s");
    assert.equal(duration(59_940), "59.9 s");
    assert.equal(duration(59_960), "1 min 0 s");
    assert.equal(duration(3_725_000), "1 h 2 min");
    assert.equal(clock(-5), "0.0 s");
    assert.equal(clock(1_250), "1.3 s");
  });

  it("counts with separators and the right number", () => {
    assert.equal(counted(1, "row"), "1 row");
    assert.equal(counted(0, "row"), "0 rows");
    assert.equal(counted(1_234_567, "row"), "1,234,567 rows");
  });

  it("forgets a stored state that is not one", () => {
    const fresh = { alone: null, drawer: null, tabs: {} };
    for (const stored of [
      null,
      undefined,
      7,
      "x",
      [],
      { places: 3 },
      { places: { r: null } },
    ]) {
      assert.deepEqual(readViewState(stored), fresh);
    }
    const arrangement = { order: [1, 0], hidden: [0], frozen: 0, widths: [] };
    const look = { startedAt: 1, columns: "c", arrangement };
    const looks = { s: { ...look, sort: [], filters: [], private: [] } };
    const tab = {
      startedAt: 1,
      chosen: 2,
      places: { "0": { top: 1, left: 2 } },
      looks,
    };
    const state = { alone: "t", drawer: "sent", tabs: { t: tab } };
    assert.deepEqual(readViewState({ ...state, more: 1 }), state);
    const wrong = { a: null, b: look, c: { ...looks.s, arrangement: 3 } };
    assert.deepEqual(
      readViewState({ ...state, tabs: { t: { ...tab, looks: wrong } } }).tabs[
        "t"
      ]?.looks,
      {},
    );
  });
});
