import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ResultStore } from "../../../src/engine/results/resultStore";
import { TestEngine } from "../../support/engineHarness";
import { inRepository } from "../../support/paths";
import { bytesIn, keepMuch, memory, muchRow, muchRows } from "./spilled";

describe("results beyond their memory", () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), "viaduct-spill-"));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it("are in files, come back as they were, sorted too, and leave no file behind", async () => {
    const store = await ResultStore.open(parent, () => undefined, { memory });
    const resultId = await keepMuch(store);
    assert.ok((await bytesIn(parent)) > 10_000_000);
    for (const offset of [0, 50_000, muchRows - 2]) {
      const { rows } = await store.page({ resultId, offset, limit: 2 });
      assert.deepEqual(rows, [muchRow(offset), muchRow(offset + 1)]);
    }
    const { viewId } = await store.views.open({
      taskId: "sort",
      resultId,
      sort: [{ column: 0, descending: true }],
      filters: [],
    });
    const page = { resultId, viewId, offset: 50_000, limit: 1 };
    const { rows } = await store.page(page);
    assert.deepEqual(rows, [muchRow(muchRows - 50_001)]);
    await store.close();
    assert.equal(await bytesIn(parent), 0);
  });

  it("of an engine that was killed are removed by the next one, and those of a living one are not", async () => {
    const children = [spill(parent), spill(parent)];
    try {
      const [killed = "", living = ""] = await Promise.all(
        children.map(nextMessage),
      );
      for (const folder of [killed, living]) {
        assert.ok((await bytesIn(path.join(folder, "results"))) > 10_000_000);
      }
      const [first, second] = children;
      assert.ok(first && second);
      const exit = once(first, "exit");
      first.kill("SIGKILL");
      await exit;
      assert.ok(existsSync(killed), "a killed process cannot tidy up");
      const engine = await TestEngine.startAlone({
        temporaryDirectory: parent,
      });
      const own = `viaduct-engine-${process.pid}`;
      assert.deepEqual(
        (await readdir(parent)).sort(),
        [path.basename(living), own].sort(),
      );
      const page = nextMessage(second);
      second.send(50_000);
      assert.deepEqual(await page, [muchRow(50_000), muchRow(50_001)]);
      await engine.close();
      assert.deepEqual(await readdir(parent), [path.basename(living)]);
      const end = once(second, "exit");
      second.send("end");
      await end;
      assert.deepEqual(await readdir(parent), []);
    } finally {
      for (const child of children) {
        child.kill("SIGKILL");
      }
    }
  });
});

function spill(parent: string): ChildProcess {
  const fixture = inRepository("test", "engine", "fixtures", "spilling.ts");
  return fork(fixture, [parent], { execArgv: ["--import", "tsx"] });
}

/** What a process says next; fails when it ends instead. */
async function nextMessage(child: ChildProcess): Promise<string> {
  const ended = once(child, "exit").then(() => {
    throw new Error("the process has ended");
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [
    string,
  ];
  return message;
}
