import assert from "node:assert/strict";
import fc from "fast-check";
import { ColumnArrangement } from "../../../src/webview/grid/columnArrangement";
import { ColumnLayout } from "../../../src/webview/grid/columnLayout";
import { rowOf } from "../../../src/webview/grid/jumpBox";
import { cycleSort, setKey } from "../../../src/webview/grid/resultView";

describe("column arrangement", () => {
  const count = 7;
  const step = fc.oneof(
    fc.record({
      kind: fc.constant("move" as const),
      from: fc.nat(count),
      length: fc.nat(3),
      gap: fc.nat(count + 1),
    }),
    fc.record({
      kind: fc.constant("hide" as const),
      columns: fc.array(fc.nat(count - 1)),
    }),
    fc.record({
      kind: fc.constant("show" as const),
      column: fc.nat(count - 1),
    }),
    fc.record({ kind: fc.constant("freeze" as const), to: fc.nat(count) }),
  );

  it("keeps every column once, whatever is done", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const columns = new ColumnArrangement(count);
        for (const each of steps) {
          if (each.kind === "move")
            columns.move(each.from, each.from + each.length, each.gap);
          else if (each.kind === "hide") columns.hide(each.columns);
          else if (each.kind === "show") columns.show(each.column);
          else columns.freeze(each.to);
          assert.ok(columns.shown.length >= 1);
          assert.equal(columns.shown.length + columns.hiddenCount, count);
          assert.equal(new Set(columns.shown).size, columns.shown.length);
          assert.ok(columns.frozen <= columns.shown.length);
          const again = new ColumnArrangement(count);
          again.restore(columns.state());
          assert.deepEqual(again.state(), columns.state());
        }
        columns.reset();
        assert.ok(columns.isUntouched);
      }),
    );
  });

  it("moves blocks, and shows hidden columns where they were", () => {
    const columns = new ColumnArrangement(6);
    columns.move(1, 3, 5);
    assert.deepEqual(columns.shown, [0, 3, 4, 1, 2, 5]);
    columns.hide([4, 0]);
    assert.deepEqual(columns.shown, [3, 1, 2, 5]);
    columns.move(3, 4, 0);
    columns.show();
    assert.deepEqual(columns.shown, [0, 5, 3, 4, 1, 2]);
  });

  it("freezes what is moved among frozen columns, and frees what is moved out", () => {
    const columns = new ColumnArrangement(6);
    columns.freeze(2);
    columns.move(4, 5, 1);
    assert.deepEqual([columns.shown, columns.frozen], [[0, 4, 1, 2, 3, 5], 3]);
    columns.move(0, 1, 6);
    assert.deepEqual([columns.shown, columns.frozen], [[4, 1, 2, 3, 5, 0], 2]);
    columns.hide([4]);
    assert.equal(columns.frozen, 1);
    columns.show(4);
    assert.equal(columns.frozen, 2);
  });

  it("takes no arrangement of other columns", () => {
    const columns = new ColumnArrangement(3);
    columns.restore({ order: [1, 0], hidden: [], frozen: 1, widths: [] });
    columns.restore({ order: [0, 0, 1], hidden: [], frozen: 1, widths: [] });
    assert.ok(columns.isUntouched);
  });
});

describe("columns that are frozen", () => {
  const layout = new ColumnLayout(Array.from({ length: 50 }, () => 100));

  it("take half of the view at most", () => {
    assert.equal(layout.frozenWithin(1_000, 4), 4);
    assert.equal(layout.frozenWithin(1_000, 9), 5);
    assert.equal(layout.frozenWithin(150, 3), 0);
  });

  it("are not in the window that passes, which begins behind them", () => {
    const window = layout.window(2_000, 600, 2);
    assert.equal(window.first, 22);
    assert.ok(layout.start(window.last) >= 2_600);
    assert.equal(layout.window(0, 600, 2).first, 2);
    assert.equal(layout.atInView(150, 2_000, 2), 1);
    assert.equal(layout.atInView(250, 2_000, 2), 22);
    assert.equal(layout.leftFor(5, 2_000, 600, 2), 300);
    assert.equal(layout.leftFor(1, 2_000, 600, 2), 2_000);
  });
});

describe("sort keys", () => {
  it("go in turn up, down and out", () => {
    const up = cycleSort([], 3, false);
    assert.deepEqual(up, [{ column: 3, descending: false }]);
    const down = cycleSort(up, 3, false);
    assert.deepEqual(down, [{ column: 3, descending: true }]);
    assert.deepEqual(cycleSort(down, 3, false), []);
    const both = cycleSort(down, 1, true);
    assert.equal(both.length, 2);
    assert.deepEqual(setKey(both, 3, false, true)[0], {
      column: 3,
      descending: false,
    });
    assert.deepEqual(setKey(both, 3, null, true), [both[1]]);
    assert.deepEqual(cycleSort(both, 2, false), [
      { column: 2, descending: false },
    ]);
  });
});

describe("the number of a row", () => {
  it("is read as people write it", () => {
    for (const [text, row] of [
      ["1", 0],
      [" 12,345 ", 12_344],
      ["12 345", 12_344],
      ["12.345", 12_344],
      ["1000000", 999_999],
      ["50%", 500_000],
      ["100 %", 999_999],
      ["0", null],
      ["1000001", null],
      ["-1", null],
      ["1.5", null],
      ["101%", null],
      ["", null],
      ["1e3", null],
    ] as const) {
      assert.equal(rowOf(text, 1_000_000), row, text);
    }
  });
});
