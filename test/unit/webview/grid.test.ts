import assert from "node:assert/strict";
import fc from "fast-check";
import type { PanelToHost } from "../../../src/protocol/panel";
import { ColumnLayout } from "../../../src/webview/grid/columnLayout";
import { RowStore } from "../../../src/webview/grid/rowStore";
import { ScrollScale } from "../../../src/webview/grid/scrollScale";
import { rangeOf, selectCell } from "../../../src/webview/grid/selection";
import { PageBudget } from "../../../src/webview/grid/pageBudget";
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
  function setUp(rowCount: number, { bytes = 8_000_000, columns = 2 } = {}) {
    const asked: PageRequest[] = [];
    const failures: (string | null)[] = [];
    const port = {
      post: (message: PanelToHost) => {
        if (message.type === "page") asked.push(message);
      },
      onMessage: () => undefined,
      loadState: () => null,
      saveState: () => undefined,
    };
    const broker = new PageBroker(port, new PageBudget(bytes));
    const storeOf = (resultId: string) => {
      const made = new RowStore(resultId, columns, broker, {
        rowsArrived: () => undefined,
        failed: (message) => failures.push(message),
      });
      made.setRowCount(rowCount);
      return made;
    };
    const store = storeOf("r");
    const answer = (request: PageRequest | undefined, count = 256) => {
      assert.ok(request);
      const { requestId, resultId, offset } = request;
      const rows = Array.from({ length: count }, (_, at) => [
        `${offset + at}`,
        null,
      ]);
      broker.accept({ type: "page", requestId, resultId, offset, rows });
    };
    return { asked, failures, broker, store, storeOf, answer };
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

  it("fetches what comes next first where the scroll goes", () => {
    const { asked, store, answer } = setUp(100_000);
    store.want(10_000, 10_030, 200);
    assert.deepEqual(
      asked.map(({ offset }) => offset),
      [9_984, 10_240],
    );
    for (const request of asked.slice()) answer(request);
    answer(asked[2]);
    store.want(9_990, 10_020, -700);
    assert.deepEqual(
      asked.slice(2).map(({ offset }) => offset),
      [9_728, 9_472, 9_216],
      "the nearest first",
    );
  });

  it("asks for fewer rows at a time where there are many columns", () => {
    const { asked, store, answer } = setUp(100_000, { columns: 2_000 });
    store.want(100, 130);
    const [first] = asked;
    assert.deepEqual([first?.offset, first?.limit], [96, 32]);
    answer(first, 32);
    assert.deepEqual(store.row(100), ["100", null]);
    assert.equal(store.row(128), null);
  });

  it("keeps to the budget, and gives up first what was wanted longest ago", () => {
    const { asked, store, answer } = setUp(10_000_000, { bytes: 200_000 });
    for (let at = 0; at < 50; at += 1) {
      store.want(at * 1_024 + 100, at * 1_024 + 130);
      answer(asked.at(-1));
    }
    assert.equal(store.row(100), null);
    assert.notEqual(store.row(48 * 1_024 + 100), null);
    assert.notEqual(store.row(49 * 1_024 + 100), null);
  });

  it("keeps what is in sight, whatever it takes", () => {
    const { asked, store, answer } = setUp(1_000, { bytes: 1 });
    store.want(250, 260);
    for (const request of asked.slice()) answer(request);
    assert.notEqual(store.row(255), null);
    assert.notEqual(store.row(256), null);
  });

  it("gives up the rows of a result in a tab behind for those in front", () => {
    const { asked, broker, store, storeOf, answer } = setUp(10_000, {
      bytes: 30_000,
    });
    store.want(0, 30);
    answer(asked[0]);
    store.rest();
    assert.notEqual(store.row(0), null, "there is room");
    const front = storeOf("front");
    for (const at of [0, 512, 1_024, 1_536, 2_048]) {
      front.want(at + 100, at + 130);
      answer(asked.at(-1));
    }
    assert.equal(store.row(0), null);
    broker.keepOnly(new Set([store]));
    assert.equal(front.row(2_148), null, "its tab is closed");
    assert.equal(asked.length, 6, "and nobody asks for them");
  });
});
