import assert from "node:assert/strict";
import type { RunView } from "../../../src/protocol/panel";
import {
  renameResults,
  resultIdsOf,
  titleOf,
  type ResultTab,
  type TabInput,
} from "../../../src/extension/results/resultTab";
import { ResultTabs } from "../../../src/extension/results/resultTabs";

type Uri = NonNullable<TabInput["statements"][number]["place"]>["uri"];

/** Statements of a file, as the run commands give them. */
function inputOf(file: string | null, alias?: string): TabInput {
  const uri = { toString: () => `file:///${file ?? ""}` } as unknown as Uri;
  return {
    target:
      alias === undefined
        ? { engine: "duckdb" }
        : { engine: "postgres", alias },
    source: `sql/${file ?? "preview"}`,
    statements: [
      { text: "SELECT 1", place: file === null ? null : { uri, start: 0 } },
    ],
  };
}

class Bench {
  readonly released: string[] = [];
  readonly tabs: ResultTabs;
  runs = 0;

  constructor(kept = 8) {
    let id = 0;
    this.tabs = new ResultTabs({
      kept: () => kept,
      newId: () => {
        id += 1;
        return `tab-${String(id)}`;
      },
      release: (ids) => this.released.push(...ids),
    });
  }

  /** A run of a file that has ended with rows `r1`, `r2`, … */
  run(file: string | null, alias?: string, into?: string): ResultTab {
    const running = this.begin(file, alias, into);
    const { run } = running;
    this.tabs.update(endOf(run, `r${String(this.runs)}`));
    return this.get(running.tabId);
  }

  begin(file: string | null, alias?: string, into?: string): ResultTab {
    this.runs += 1;
    const run: RunView = {
      runId: `run-${String(this.runs)}`,
      target: alias ?? "DuckDB",
      native: alias !== undefined,
      source: `sql/${file ?? "preview"}`,
      startedAt: this.runs,
      state: "running",
      statements: [],
    };
    return this.tabs.open(run, inputOf(file, alias), into ?? null);
  }

  get(tabId: string): ResultTab {
    const tab = this.tabs.get(tabId);
    assert.ok(tab, `${tabId} is gone`);
    return tab;
  }

  titles(): string[] {
    return this.tabs.listed.map(({ title, run }) => `${title} ${run.runId}`);
  }
}

function endOf(run: RunView, resultId: string): RunView {
  const result = { resultId, columns: [], rowCount: 7 };
  const outcome = {
    ...result,
    index: 0,
    status: "succeeded" as const,
    complete: true,
    commandTag: "SELECT 7",
    notices: [],
    sent: [],
    elapsedMs: 1,
    firstRowsMs: 1,
    error: null,
  };
  const statement = {
    index: 0,
    text: "SELECT 1",
    state: "succeeded" as const,
    result,
    percentage: null,
    notices: [],
    outcome,
  };
  return { ...run, state: "succeeded", statements: [statement] };
}

describe("the tabs of results", () => {
  it("have one for each document and target, which the next run of the same takes over", () => {
    const bench = new Bench();
    bench.run("a.sql");
    bench.run("b.sql");
    bench.run("a.sql", "pg");
    assert.deepEqual(bench.released, []);
    bench.run("a.sql");
    assert.deepEqual(bench.titles(), [
      "a.sql run-4",
      "b.sql run-2",
      "a.sql run-3",
    ]);
    assert.deepEqual(bench.released, ["r1"]);
    assert.equal(bench.tabs.active?.run.runId, "run-4");
  });

  it("do not give up what is pinned or stands beside", () => {
    const bench = new Bench();
    const pinned = bench.run("a.sql");
    bench.tabs.change(pinned.tabId, { pinned: true });
    const beside = bench.run("a.sql");
    bench.tabs.openBeside(beside.tabId);
    bench.run("a.sql");
    bench.run("a.sql");
    assert.deepEqual(bench.titles(), [
      "a.sql run-1",
      "a.sql run-2",
      "a.sql run-4",
    ]);
    assert.deepEqual(bench.released, ["r3"]);
  });

  it("are run again in their own place, renamed and pinned as they are", () => {
    const bench = new Bench();
    const { tabId } = bench.run("a.sql");
    bench.tabs.change(tabId, { pinned: true, title: "mine" });
    const again = bench.run("a.sql", undefined, tabId);
    assert.equal(again.tabId, tabId);
    assert.deepEqual([again.title, again.pinned], ["mine", true]);
    assert.deepEqual(bench.released, ["r1"]);
  });

  it("let the least recently shown go when there are too many, never a pinned or a running one", () => {
    const bench = new Bench(2);
    const [first, second] = [bench.run("a.sql"), bench.run("b.sql")];
    bench.tabs.show(first.tabId);
    bench.run("c.sql");
    assert.deepEqual(bench.titles(), ["a.sql run-1", "c.sql run-3"]);
    assert.deepEqual(bench.released, ["r2"]);
    assert.equal(bench.tabs.get(second.tabId), undefined);
    bench.tabs.change(first.tabId, { pinned: true });
    const running = bench.begin("d.sql");
    bench.begin("e.sql");
    assert.ok(bench.tabs.get(first.tabId));
    assert.ok(bench.tabs.get(running.tabId));
  });

  it("release the rows of a run whose tab was closed, when it has ended", () => {
    const bench = new Bench();
    const tab = bench.begin("a.sql");
    bench.tabs.close(tab.tabId);
    assert.equal(bench.tabs.active, undefined);
    bench.tabs.update(endOf(tab.run, "late"));
    assert.deepEqual(bench.released, ["late"]);
  });

  it("live on in an editor beside after they were closed, and go with it", () => {
    const bench = new Bench();
    const gone: string[] = [];
    bench.tabs.onClosed(({ tabId }) => gone.push(tabId));
    const { tabId } = bench.run("a.sql");
    bench.tabs.openBeside(tabId);
    bench.tabs.close(tabId);
    assert.deepEqual(bench.titles(), []);
    assert.ok(bench.tabs.ofResult("r1"));
    assert.deepEqual(bench.released, []);
    bench.tabs.closeBeside(tabId);
    assert.deepEqual([bench.released, gone], [["r1"], [tabId]]);
  });

  it("say where their rows are when the engine has ended", () => {
    const bench = new Bench();
    const [kept, lost] = [bench.run("a.sql"), bench.run("b.sql")];
    bench.tabs.rowsLost(({ tabId }) => tabId === kept.tabId);
    assert.equal(bench.get(kept.tabId).rows, "saved");
    assert.equal(bench.get(lost.tabId).rows, "gone");
    assert.equal(bench.tabs.ofResult("r2"), undefined);
    bench.run("b.sql");
    assert.equal(bench.get(lost.tabId).rows, "here");
    assert.deepEqual(bench.released, [], "what is gone is not released");
  });

  it("close the others but the pinned ones, and step around", () => {
    const bench = new Bench();
    const [a, b, c] = [
      bench.run("a.sql"),
      bench.run("b.sql"),
      bench.run("c.sql"),
    ];
    bench.tabs.change(b.tabId, { pinned: true });
    assert.equal(bench.tabs.step(1)?.tabId, a.tabId);
    assert.equal(bench.tabs.step(-1)?.tabId, c.tabId);
    bench.tabs.closeOthers(c.tabId);
    assert.deepEqual(bench.titles(), ["b.sql run-2", "c.sql run-3"]);
  });

  it("are named after the file, and know their results by new names", () => {
    assert.equal(titleOf("a/b c.sql"), "b c.sql");
    assert.equal(titleOf("a\\b.sql"), "b.sql");
    const { run } = new Bench().run("a.sql");
    const renamed = renameResults(run, new Map([["r1", "new"]]));
    assert.deepEqual(resultIdsOf(renamed), ["new"]);
    assert.equal(renamed.statements[0]?.result?.resultId, "new");
  });
});
