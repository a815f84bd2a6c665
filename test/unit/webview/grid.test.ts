import assert from "node:assert/strict";
import fc from "fast-check";
import type { PanelToHost } from "../../../src/protocol/panel";
import { ColumnLayout } from "../../../src/webview/grid/columnLayout";
import { RowStore } from "../../../src/webview/grid/rowStore";
import { ScrollScale } from "../../../src/webview/grid/scrollScale";
import { rangeOf, selectCell } from "../../../src/webview/grid/selection";
import { PageBroker } from "../../../src/webview/pageBroker";

type PageRequest = Extract<PanelToHost, { type: "page" }>;

describe("scroll scale", () => {
  const sizes = fc.record({
    content: fc.integer({ min: 1, max: 400_000_000 }),
    view: fc.integer({ min: 50, max: 3_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it("has exact ends and comes back from where it went", () => {
    fc.assert(
      fc.property(sizes, ({ content, view, share }) => {
        const scale = new ScrollScale(content, view);
        assert.equal(scale.toLogical(0), 0);
        assert.equal(scale.toLogical(scale.physicalMax), scale.logicalMax);
        assert.ok(scale.spacer <= 8_000_000);
        const logical = share * scale.logicalMax;
        const back = scale.toLogical(scale.toPhysical(logical));
        assert.ok(Math.abs(back - logical) < 0.01, `${back} for ${logical}`);
      }),
    );
  });

  it("never turns back", () => {
    const scale = new ScrollScale(220_000_000, 400);
    let before = -1;
    for (let at = 0; at <= scale.physicalMax; at += 13_337) {
      const logical = scale.toLogical(at);
      assert.ok(logical > before);
      before = logical;
    }
  });
});

describe("column layout", () => {
  it("finds the columns in sight", () => {
    const layout = new ColumnLayout(Array.from({ length: 1_000 }, () => 100));
    assert.deepEqual(layout.window(0, 350), { first: 0, last: 4 });
    assert.deepEqual(layout.window(50_050, 300), { first: 500, last: 504 });
    assert.equal(layout.window(99_900, 500).last, 1_000);
    assert.equal(layout.at(-5), 0);
  });
});

describe("selection", () => {
  it("keeps whole columns whole when rows arrive", () => {
    const focus = { row: 3, column: 2 };
    const columns = { kind: "columns", anchor: focus, focus } as const;
    assert.deepEqual(rangeOf(columns, { rows: 10, columns: 5 }), {
      fromRow: 0,
      toRow: 10,
      fromColumn: 2,
      toColumn: 3,
    });
    assert.equal(rangeOf(columns, { rows: 99, columns: 5 }).toRow, 99);
    assert.equal(rangeOf(selectCell(focus), { rows: 9, columns: 5 }).toRow, 4);
  });
});

describe("row store", () => {
  function setUp(rowCount: number) {
    const asked: PageRequest[] = [];
    const failures: (string | null)[] = [];
    const broker = new PageBroker({
      post: (message) => {
        if (message.type === "page") asked.push(message);
      },
      onMessage: () => undefined,
      loadState: () => null,
      saveState: () => undefined,
    });
    const store = new RowStore("r", 2, broker, {
      rowsArrived: () => undefined,
      failed: (message) => failures.push(message),
    });
    store.setRowCount(rowCount);
    const answer = (request: PageRequest | undefined, count = 256) => {
      assert.ok(request);
      const { requestId, resultId, offset } = request;
      const rows = Array.from({ length: count }, (_, at) => [
        `${offset + at}`,
        null,
      ]);
      broker.accept({ type: "page", requestId, resultId, offset, rows });
    };
    return { asked, failures, broker, store, answer };
  }

  it("asks for what is in sight first, then for what is near", () => {
    const { asked, store, answer } = setUp(10_000);
    store.want(700, 730);
    assert.deepEqual(
      asked.map(({ offset }) => offset),
      [512, 768],
    );
    answer(asked[0]);
    assert.deepEqual(store.row(700), ["700", null]);
    assert.equal(store.row(800), null);
    store.want(600, 630);
    assert.equal(asked.length, 2, "rows that are here are not asked for again");
  });

  it("drops what was wanted before", () => {
    const { asked, store, answer } = setUp(100_000);
    store.want(0, 30);
    for (const at of [10_000, 20_000, 50_100]) store.want(at, at + 30);
    answer(asked[0]);
    assert.deepEqual(
      asked.map(({ offset }) => offset),
      [0, 9_984, 49_920],
    );
  });

  it("asks for the rest of a page when rows have been added, not before", () => {
    const { asked, store, answer } = setUp(100);
    store.want(80, 100);
    answer(asked[0], 100);
    store.want(80, 100);
    assert.equal(asked.length, 1);
    store.setRowCount(200);
    store.want(80, 110);
    assert.equal(asked.length, 2);
    assert.notEqual(store.row(99), null, "what is here stays meanwhile");
    answer(asked[1], 200);
    assert.deepEqual(store.row(150), ["150", null]);
  });

  it("tells of a page that is shorter than announced, and does not ask for ever", () => {
    const { asked, failures, store, answer } = setUp(1_000);
    store.want(0, 30);
    answer(asked[0], 10);
    assert.equal(asked.length, 1);
    assert.equal(failures.length, 1);
    store.retry();
    assert.equal(
      asked.length,
      1,
      "asked at the same row count, the answer would be the same",
    );
  });

  it("asks again after the host was restarted", () => {
    const { asked, broker, store } = setUp(1_000);
    store.want(0, 30);
    broker.reset();
    assert.equal(asked.length, 2);
  });

  it("keeps a bounded number of pages", () => {
    const { asked, store, answer } = setUp(10_000_000);
    for (let at = 0; at < 200; at += 1) {
      store.want(at * 1_024 + 100, at * 1_024 + 130);
      answer(asked.at(-1));
    }
    assert.equal(store.row(100), null);
    assert.notEqual(store.row(199 * 1_024 + 100), null);
  });
});
