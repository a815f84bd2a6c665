import assert from "node:assert/strict";
import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { HistoryFolder } from "../../../src/extension/history/historyFolder";
import { QueryHistory } from "../../../src/extension/history/queryHistory";
import type { RunInput } from "../../../src/extension/run/runService";
import type { StatementOutcome } from "../../../src/protocol/engine";
import type { RunView } from "../../../src/protocol/panel";

const canary = "c4nary-history";

interface Ran {
  readonly text: string;
  readonly redactedText?: string;
  readonly status?: StatementOutcome["status"];
}

describe("the history of a workspace", () => {
  let folder: string;
  const problems: unknown[] = [];
  const settings = { enabled: true, limit: 100 };
  let runs = 0;

  beforeEach(async () => {
    folder = path.join(
      await mkdtemp(path.join(tmpdir(), "viaduct-history-")),
      "history",
    );
    Object.assign(settings, { enabled: true, limit: 100 });
    problems.length = 0;
  });
  afterEach(async () => {
    assert.deepEqual(problems, []);
    await rm(path.dirname(folder), { recursive: true });
  });

  const history = (inFolder = true) =>
    new QueryHistory({
      folder: inFolder ? new HistoryFolder(folder) : null,
      isEnabled: () => settings.enabled,
      limit: () => settings.limit,
      serverOf: () => Promise.resolve("ann at h:5432"),
      onProblem: (error) => problems.push(error),
    });

  const record = (
    to: QueryHistory,
    statements: readonly Ran[],
    target: RunInput["target"] = { engine: "duckdb" },
  ) => {
    runs += 1;
    to.record(
      {
        startedAt: Date.now() + runs * 1_000,
        statements: statements.map(
          ({ status = "succeeded", redactedText }, index) => ({
            index,
            outcome: {
              status,
              elapsedMs: 5,
              rowCount: 3,
              error: status === "failed" ? { class: "syntax" } : null,
              ...(redactedText === undefined ? {} : { redactedText }),
            },
          }),
        ),
      } as unknown as RunView,
      {
        target,
        source: "a.sql",
        statements: statements.map(({ text }) => ({
          text,
          place: null,
          parameters: [{ key: "x", type: "text", value: canary }],
        })),
      },
    );
  };
  const texts = async (of: QueryHistory) =>
    (await of.entries()).map(({ text }) => text).sort();

  it("has what was run, how it ended, and where; for another window, too", async () => {
    const one = history();
    record(one, [{ text: "SELECT 1" }, { text: "SELEC", status: "failed" }], {
      engine: "postgres",
      alias: "pg",
    });
    await one.written();
    const found = [...(await history().entries())].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    assert.deepEqual(
      found.map(({ text, status, errorClass, target, rowCount, source }) => ({
        ...{ text, status, errorClass, target, rowCount, source },
      })),
      [
        { text: "SELECT 1", status: "succeeded", errorClass: null },
        { text: "SELEC", status: "failed", errorClass: "syntax" },
      ].map((entry) => ({
        ...entry,
        target: { engine: "postgres", alias: "pg", server: "ann at h:5432" },
        rowCount: 3,
        source: "a.sql",
      })),
    );
  });

  it("can be read by its user alone", async () => {
    const one = history();
    record(one, [{ text: "SELECT 1" }]);
    await one.written();
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    for (const name of await readdir(folder)) {
      assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600);
    }
  });

  it("has no secret in any byte, and says that something was taken out", async () => {
    const one = history();
    record(one, [
      { text: `CREATE SECRET s (TYPE postgres, PASSWORD '${canary}')` },
      { text: `ATTACH 'postgresql://u:${canary}@h/d' AS x (TYPE postgres)` },
      { text: `SELECT '${canary}'`, redactedText: "SELECT '•••'" },
    ]);
    await one.written();
    const names = await readdir(folder);
    assert.equal(names.length, 3);
    for (const name of names) {
      assert.ok(!name.includes(canary));
      const bytes = await readFile(path.join(folder, name), "latin1");
      assert.ok(!bytes.includes(canary), bytes);
    }
    assert.ok((await one.entries()).every(({ isRedacted }) => isRedacted));
  });

  it("keeps equal statements in a row once, the newest", async () => {
    const one = history();
    for (const text of ["SELECT 1", "SELECT 1", "SELECT 2", "SELECT 1"]) {
      record(one, [{ text }]);
    }
    assert.deepEqual(await texts(one), ["SELECT 1", "SELECT 1", "SELECT 2"]);
  });

  it("is bounded, also in the middle of a file of many statements", async () => {
    settings.limit = 3;
    for (const one of [history(), history(false)]) {
      record(
        one,
        Array.from({ length: 9 }, (_, i) => ({ text: `SELECT ${i}` })),
      );
      record(one, [{ text: "SELECT 10" }]);
      assert.deepEqual(await texts(one), ["SELECT 10", "SELECT 7", "SELECT 8"]);
    }
    const long = history();
    record(long, [{ text: `SELECT '${"x".repeat(300_000)}'` }]);
    const cut = (await long.entries()).find(({ isRedacted }) => isRedacted);
    assert.equal(cut?.text.length, 100_000);
  });

  it("loses and mixes nothing of two windows that write at once", async () => {
    const windows = [history(), history()];
    for (let i = 0; i < 20; i++) {
      windows.forEach((one, index) => {
        record(one, [{ text: `SELECT ${index}, ${i}` }]);
      });
    }
    await Promise.all(windows.map((one) => one.written()));
    assert.equal((await history().entries()).length, 40);
  });

  it("leaves out what a crash has left, and sweeps it away later", async () => {
    const one = history();
    record(one, [{ text: "SELECT 1" }]);
    await one.written();
    await writeFile(path.join(folder, "half.json"), '{"id":"half","te');
    const draft = path.join(folder, "x.tmp");
    await writeFile(draft, "{");
    assert.deepEqual(await texts(one), ["SELECT 1"]);
    assert.ok(
      (await readdir(folder)).includes("x.tmp"),
      "it may be being written",
    );
    await utimes(draft, new Date(0), new Date(0));
    await one.entries();
    assert.ok(!(await readdir(folder)).includes("x.tmp"));
  });

  it("forgets one, and all of it", async () => {
    const one = history();
    const other = history();
    record(one, [{ text: "SELECT 1" }, { text: "SELECT 2" }]);
    record(other, [{ text: "SELECT 3" }]);
    await other.written();
    const [first] = await one.entries();
    await other.remove(first?.id ?? "");
    assert.equal((await one.entries()).length, 2);
    await other.clear();
    assert.deepEqual(await readdir(folder), []);
    record(one, [{ text: "SELECT 2" }]);
    await one.written();
    assert.deepEqual(await texts(other), ["SELECT 2"]);
  });

  it("is off when it is switched off, and in memory without a workspace", async () => {
    const one = history(false);
    assert.equal(one.isInMemory, true);
    record(one, [{ text: "SELECT 1" }]);
    settings.enabled = false;
    record(one, [{ text: "SELECT 2" }]);
    assert.deepEqual(await texts(one), ["SELECT 1"]);
    await one.clear();
    assert.deepEqual(await texts(one), []);
  });

  it("tells when it cannot be written, and goes on", async () => {
    await writeFile(folder, "a file where the folder belongs");
    const one = history();
    record(one, [{ text: "SELECT 1" }]);
    await one.written();
    assert.equal(problems.splice(0).length, 1);
    assert.deepEqual(await one.entries(), []);
  });
});
