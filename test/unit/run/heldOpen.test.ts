import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { inRepository } from "../../support/paths";
import { readLog } from "../../support/run/log";

describe("a suite whose tests are over", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-held-open-"));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** How a process ends that has left this open, and what is in its results then. */
  function ends(left: string): { status: number | null; details: string[] } {
    const file = path.join(folder, "results.json");
    writeFileSync(file, "");
    const program = `
      require(${JSON.stringify(inRepository("test/support/run/heldOpen.js"))})
        .endHeldOpen(${JSON.stringify(file)}, 50);
      ${left}`;
    const { status } = spawnSync(process.execPath, ["-e", program]);
    const details = readLog(file).tests.map(({ detail }) => detail);
    return { status, details };
  }

  it("ends, and says what was held open", () => {
    const { status, details } = ends(
      `require("node:net").createServer().listen(0, "127.0.0.1");`,
    );
    assert.notEqual(status, 0);
    assert.equal(details.length, 1);
    assert.match(String(details[0]), /Server, listens .*127\.0\.0\.1/);
  });

  it("ends by itself when nothing is", () => {
    assert.deepEqual(ends(""), { status: 0, details: [] });
  });
});
