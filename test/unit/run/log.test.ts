import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Mocha from "mocha";
import { inRepository } from "../../support/paths";
import { GroupProcess } from "../../support/process/groupProcess";
import { collect } from "../../support/run/collect";
import { limitOf } from "../../support/run/limit";
import { readLog, removeLog } from "../../support/run/log";
import { resultsOf } from "../../support/run/suiteRun";

describe("the log of a run of tests", () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-log-"));
    file = path.join(folder, "results.json");
  });
  after(() => rm(folder, { recursive: true }));

  /** Runs tests of these names; one that is called `look` reads the log. */
  async function run(
    titles: readonly string[],
    look: () => void = () => undefined,
  ): Promise<void> {
    const mocha = new Mocha({ reporter: Silent });
    const suite = Mocha.Suite.create(mocha.suite, "some");
    for (const title of titles) {
      const body = title === "look" ? look : () => undefined;
      suite.addTest(new Mocha.Test(title, body));
    }
    await new Promise<void>((resolve) => {
      mocha.run(() => {
        resolve();
      });
    });
  }

  class Silent extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      collect(runner, file);
    }
  }

  it("says at each moment what has ended, what runs, and what is not reached", async () => {
    removeLog(file);
    const seen: ReturnType<typeof readLog>[] = [];
    await run(["first", "look", "last"], () => {
      // As it is when the program is ended in the middle of a line.
      seen.push(readLog(file));
      appendFileSync(`${file}.partial`, '{ "begun');
      seen.push(readLog(file));
      appendFileSync(`${file}.partial`, '": "a line"}\n');
    });
    for (const { tests, unreached, running } of seen) {
      assert.deepEqual(
        tests.map(({ title, state }) => [title, state]),
        [["some first", "passed"]],
      );
      assert.equal(running, "some look");
      assert.deepEqual(
        unreached.map(({ title }) => title),
        ["some look", "some last"],
      );
    }
  });

  it("has nothing left when the run has ended, also of tests of one name", async () => {
    removeLog(file);
    await run(["same", "same"]);
    const { tests, unreached, running } = readLog(file);
    assert.equal(tests.length, 2);
    assert.deepEqual([unreached, running], [[], null]);
  });

  it("is empty when nothing was written", () => {
    removeLog(file);
    assert.deepEqual(readLog(file), {
      tests: [],
      unreached: [],
      running: null,
    });
  });

  it("lets a suite that is ended fail, and with it each test that it did not come to", async () => {
    removeLog(file);
    const spec = path.join(folder, "slow.cjs");
    await writeFile(
      spec,
      `it("ends", () => undefined);
       it("hangs", () => { console.log("now"); setInterval(() => undefined, 1000); return new Promise(() => undefined); });
       it("comes later", () => undefined);
       after(() => { console.log("stopped its servers"); setImmediate(() => process.exit(1)); });`,
    );
    const mocha = new GroupProcess({
      command: process.execPath,
      args: [
        "node_modules/mocha/bin/mocha.js",
        ...["--no-config", "--reporter", "./test/support/run/reporter.js"],
        spec,
      ],
      cwd: inRepository(),
      env: { VIADUCT_TEST_RESULTS: file },
    });
    await mocha.printed(/^now/m, 50_000);
    await mocha.stop("SIGINT");
    assert.match(mocha.log, /stopped its servers/);
    const end = { code: 1, reason: "did not end", isLate: true };
    assert.deepEqual(
      resultsOf("some", file, end).map(({ title, state }) => [title, state]),
      [
        ["ends", "passed"],
        ["hangs", "failed"],
        ["comes later", "failed"],
        ["some ends well", "failed"],
      ],
    );
  });
});

describe("the limit of a suite", () => {
  it("is its own, or what is left for the whole run", () => {
    const minute = 60_000;
    assert.equal(limitOf(8, undefined, 0).milliseconds, 8 * minute);
    assert.equal(limitOf(8, "600", 0).milliseconds, 8 * minute);
    const late = limitOf(8, "600", 5 * minute);
    assert.equal(late.milliseconds, 5 * minute);
    assert.match(late.reason, /time of the whole run/);
    assert.equal(limitOf(8, "600", 11 * minute).milliseconds, 0);
  });
});
