import assert from "node:assert/strict";
import { Comparing } from "../../../src/extension/results/comparing";
import type { ComparedPage } from "../../../src/extension/results/pageComparison";
import type { ResultTab } from "../../../src/extension/results/resultTab";
import type { HostToPanel, PageRows } from "../../../src/protocol/panel";

/** A page that notes what it is told. */
class NotedPage implements ComparedPage {
  isVisible = true;
  rows: PageRows | null;
  readonly heard: HostToPanel[] = [];

  constructor(resultId: string) {
    this.rows = {
      resultId,
      viewId: null,
      viewRows: null,
      columns: [0],
      selection: null,
    };
  }

  post(message: HostToPanel): void {
    this.heard.push(message);
  }
}

describe("comparing pages of results", () => {
  const at = { row: 0, column: 0 };
  const place = { row: 7.5, column: null };
  const columns = [{ name: "id", type: "BIGINT" }];

  /** What is compared, with an engine that answers nothing but what it was asked. */
  function comparing(isComplete = true): {
    readonly comparing: Comparing;
    readonly asked: string[];
    readonly offered: string[];
  } {
    const asked: string[] = [];
    const offered: string[] = [];
    const made = new Comparing({
      request: (method, params) => {
        asked.push(method);
        const sides = params as { readonly left?: { resultId: string } };
        const found = {
          compareId: `of ${sides.left?.resultId}`,
          columns: [{ left: 0, right: 0, asText: false }],
          key: null,
          leftRows: 1,
          rightRows: 1,
          onlyLeft: 0,
          onlyRight: 0,
          different: 0,
          repeated: 0,
        };
        return Promise.resolve(found as never);
      },
      tabs: {
        ofResult: (resultId) => {
          const outcome = { resultId, columns, complete: isComplete };
          const statements = [{ result: outcome, outcome }];
          return {
            title: resultId,
            run: { statements },
          } as unknown as ResultTab;
        },
      },
      openOther: (resultId) => {
        offered.push(resultId);
        return Promise.resolve(true);
      },
      chooseKey: () => Promise.resolve(undefined),
    });
    return { comparing: made, asked, offered };
  }

  it("is between pages in sight that have other rows, and hears when that changes", () => {
    const { comparing: made } = comparing();
    const [a, b, same] = ["a", "b", "a"].map((id) => new NotedPage(id));
    assert.ok(a && b && same);
    let changes = 0;
    made.onChanged(() => (changes += 1));
    made.used(a);
    made.used(same);
    assert.equal(made.viewFor(a), null);
    made.used(b);
    assert.equal(made.viewFor(a)?.title, "b");
    assert.equal(made.viewFor(b)?.title, "a");
    made.scrolled(b, place);
    assert.deepEqual(a.heard, [{ type: "follow", place }]);
    assert.deepEqual([same.heard.length, b.heard.length], [1, 0]);
    const before = changes;
    b.isVisible = false;
    made.pagesChanged();
    made.pagesChanged();
    assert.equal(changes, before + 1);
    assert.equal(made.viewFor(a), null);
    made.scrolled(a, place);
    assert.equal(b.heard.length, 0);
  });

  it("scrolls nothing when that was turned off", async () => {
    const { comparing: made } = comparing();
    const [a, b] = [new NotedPage("a"), new NotedPage("b")];
    made.used(a);
    made.used(b);
    await made.do(a, "together", at);
    assert.equal(made.viewFor(b)?.together, false);
    made.scrolled(a, place);
    assert.deepEqual(b.heard, []);
  });

  it("offers another result when none is in sight, and compares as soon as it is there", async () => {
    const { comparing: made, asked, offered } = comparing();
    const [a, b] = [new NotedPage("a"), new NotedPage("b")];
    made.used(a);
    await made.do(a, "start", at);
    assert.deepEqual([offered, asked], [["a"], []]);
    made.used(b);
    await new Promise(setImmediate);
    assert.deepEqual(asked, ["compareResults"]);
    const differences = made.viewFor(b)?.differences;
    assert.ok(differences?.state === "done");
    assert.deepEqual(
      [
        differences.side,
        differences.isComplete,
        differences.comparison.compareId,
      ],
      ["right", true, "of a"],
    );
  });

  it("says that rows were not all there, that others are shown by now, and ends with a page", async () => {
    const { comparing: made, asked } = comparing(false);
    const [a, b] = [new NotedPage("a"), new NotedPage("b")];
    made.used(a);
    made.used(b);
    await made.do(a, "start", at);
    const differences = made.viewFor(a)?.differences;
    assert.ok(differences?.state === "done" && !differences.isComplete);
    const { rows } = b;
    b.rows = rows && { ...rows, viewId: "sorted" };
    assert.equal(made.viewFor(a)?.differences?.state, "stale");
    b.rows = rows;
    assert.equal(made.viewFor(a)?.differences?.state, "done");
    made.left(b);
    assert.deepEqual(asked, ["compareResults", "closeComparison"]);
  });
});
