import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { TabView } from "../../src/protocol/panel";
import { eventually, openSql, run } from "./support";

/** A password in a statement: it must be in no file beside a pinned result. */
const canary = "c4nary-in-a-pinned-statement";

describe("the tabs of results in a real extension host", () => {
  /** Runs a file and answers its tab, which is the one that is shown then. */
  async function tabOf(name: string, text: string): Promise<TabView> {
    await openSql(name, text);
    await run("viaduct.runFile");
    const tab = await eventually("the tab of the run", async () => {
      const shown = await run("viaduct.renameResult", {}, name);
      return shown?.state === "succeeded" && shown;
    });
    assert.equal(tab.title, name);
    return tab;
  }

  /** The tab as it is now. */
  async function now({ tabId, title }: TabView): Promise<TabView> {
    const tab = await run("viaduct.renameResult", { tabId }, title);
    assert.ok(tab);
    return tab;
  }

  /** Shows a tab as the user does, by going along the others. */
  async function show({ tabId }: TabView): Promise<void> {
    await eventually(
      "the tab to be shown",
      async () => (await run("viaduct.nextResult"))?.tabId === tabId,
    );
  }

  /** Files of pinned results. */
  async function kept({ tabId }: TabView): Promise<string[]> {
    const data = process.env["VIADUCT_TEST_DATA"];
    assert.ok(data, "the folder of VS Code's data is not known");
    const names = await readdir(data, { recursive: true });
    return names
      .filter((name) => path.basename(name).startsWith(tabId))
      .map((name) => path.join(data, name));
  }

  it("one for each file: the next run of the same file takes its place", async () => {
    const first = await tabOf("tabs-a.sql", "SELECT 1 AS a;\n");
    const other = await tabOf("tabs-b.sql", "SELECT 2 AS b;\n");
    const again = await tabOf("tabs-a.sql", "SELECT 3 AS c;\n");
    assert.notEqual(other.tabId, first.tabId);
    assert.equal(again.tabId, first.tabId);
    assert.notEqual(again.runId, first.runId);
  });

  it("a pinned one is in files, whose texts are redacted; a run of its file opens another", async () => {
    const tab = await tabOf(
      "tabs-pin.sql",
      `SELECT i FROM range(3000) t(i);\nSELECT 'password=${canary}' IS NULL AS nothing;\n`,
    );
    const pinned = await run("viaduct.pinResult", { tabId: tab.tabId });
    assert.deepEqual([pinned?.pinned, pinned?.problem], [true, null]);
    const files = await kept(tab);
    assert.equal(files.length, 3, files.join(", "));
    for (const file of files) {
      const bytes = await readFile(file);
      assert.ok(!bytes.includes(canary), `${file} has the password`);
    }
    const next = await tabOf("tabs-pin.sql", "SELECT 1;\n");
    assert.notEqual(next.tabId, tab.tabId);
    assert.equal((await now({ ...tab, title: "kept" })).title, "kept");
    const json = files.find((file) => file.endsWith(".json"));
    assert.ok(json);
    assert.match(await readFile(json, "utf8"), /"title":"kept"/);
    await run("viaduct.closeResult", { tabId: tab.tabId });
    await eventually("the files to be gone", async () => {
      return (await kept(tab)).length === 0;
    });
  });

  it("after the engine has ended, pinned rows are back, the others say that they are gone and can be run again", async () => {
    const pinned = await tabOf("tabs-keep.sql", "SELECT 42 AS kept;\n");
    await run("viaduct.pinResult", { tabId: pinned.tabId });
    const loose = await tabOf("tabs-lose.sql", "SELECT 43 AS lost;\n");
    await run("viaduct.restartEngine");
    await eventually(
      "the rows to be gone",
      async () => (await now(loose)).rows === "gone",
    );
    await show(pinned);
    await eventually(
      "the pinned rows",
      async () => (await now(pinned)).rows === "here",
    );
    const again = await run("viaduct.rerunResult", { tabId: loose.tabId });
    assert.equal(again?.tabId, loose.tabId);
    assert.equal((await now(loose)).rows, "here");
    const unpinned = await run("viaduct.unpinResult", {
      tabId: pinned.tabId,
    });
    assert.deepEqual([unpinned?.pinned, unpinned?.rows], [false, "here"]);
    assert.deepEqual(await kept(pinned), []);
  });

  it("a file that was taken away is told in the tab, and the tab can be run again", async () => {
    const tab = await tabOf("tabs-broken.sql", "SELECT 44 AS broken;\n");
    await run("viaduct.pinResult", { tabId: tab.tabId });
    const files = await kept(tab);
    for (const file of files.filter((each) => !each.endsWith(".json"))) {
      await rm(file);
    }
    await run("viaduct.restartEngine");
    await show(tab);
    const broken = await eventually("the tab to say so", async () => {
      const shown = await now(tab);
      return shown.rows === "broken" && shown;
    });
    assert.ok(broken.problem);
    assert.ok(broken.canRerun);
    await run("viaduct.rerunResult", { tabId: tab.tabId });
    const back = await eventually("the rows to be saved again", async () => {
      const shown = await now(tab);
      return (await kept(tab)).length === 2 && shown;
    });
    assert.deepEqual(
      [back.rows, back.problem, back.pinned],
      ["here", null, true],
    );
    await run("viaduct.closeResult", { tabId: tab.tabId });
  });
});
