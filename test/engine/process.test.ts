import assert from "node:assert/strict";
import { execFileSync, fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineProcess } from "../../src/extension/engine/engineProcess";
import type { EngineEvents } from "../../src/protocol/engine";
import { engineOptions, faultOf } from "../support/engineHarness";
import { startEngineProcess } from "../support/engineProcess";
import { inRepository } from "../support/paths";
import { canaryPassword, writeEnvFile } from "../support/postgres";
import { until } from "../support/until";

const endless =
  "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 3";

describe("the engine process", () => {
  let folder: string;
  let envFile: string;
  const running: EngineProcess[] = [];
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-process-"));
    envFile = await writeEnvFile(path.join(folder, ".env"));
  });
  after(async () => {
    await Promise.all(running.map((one) => one.dispose()));
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (
    environment: Readonly<Record<string, string>> = {},
  ): Promise<EngineProcess> => {
    const engine = startEngineProcess(environment);
    running.push(engine);
    await engine.request(
      "initialize",
      engineOptions(folder, { envFiles: [envFile] }),
    );
    return engine;
  };
  const attach = (engine: EngineProcess) =>
    engine.request("attach", {
      alias: "pg",
      readOnly: true,
      source: { kind: "envFile", file: envFile, prefix: "POSTGRES_" },
    });
  const run = (engine: EngineProcess, text: string) =>
    engine.request("run", {
      runId: text,
      target: { engine: "duckdb" },
      statements: [{ text }],
    });

  it("carries requests, events and errors over its pipe", async () => {
    const engine = await start();
    const opened: EngineEvents["resultOpened"][] = [];
    engine.onEvent("resultOpened", (payload) => opened.push(payload));
    let changes = 0;
    engine.onEvent("catalogsChanged", () => (changes += 1));
    assert.equal((await attach(engine)).state, "attached");
    const { statements } = await run(
      engine,
      "SELECT 9223372036854775807::HUGEINT * 4 AS big, 'ü😀' AS text, NULL AS nothing",
    );
    const [outcome] = statements;
    assert.equal(outcome?.status, "succeeded");
    assert.equal(opened[0]?.resultId, outcome.resultId);
    assert.ok(changes > 0);
    const page = await engine.request("page", {
      resultId: opened[0].resultId,
      offset: 0,
      limit: 10,
    });
    assert.deepEqual(page.rows, [["36893488147419103228", "ü😀", null]]);
    assert.deepEqual(JSON.parse(JSON.stringify({ outcome, opened, page })), {
      outcome,
      opened,
      page,
    });
    const fault = await faultOf(
      engine.request("listSchemas", { catalog: "none" }),
    );
    assert.equal(fault.class, "attachmentMissing");
    assert.deepEqual(fault.actions, ["attachFromEnvFile"]);
    await engine.dispose();
  });

  it("has no secret in its arguments and environment, and no stray PG variables", async () => {
    process.env["PGPASSWORD"] = "stray-canary-1";
    const engine = await start({ PGHOST: "nowhere.invalid" });
    delete process.env["PGPASSWORD"];
    await attach(engine);
    const read = (name: string): string =>
      readFileSync(`/proc/${engine.processId ?? 0}/${name}`, "utf8");
    if (process.platform === "linux") {
      const text = read("cmdline") + read("environ");
      assert.ok(!text.includes(canaryPassword));
      assert.ok(!/(?:^|\0)PG[A-Z]+=/.test(text), "no PG variable");
    }
    await engine.dispose();
  });

  it("rejects what is pending when it is killed, and a new one works", async () => {
    const engine = await start();
    const exits: boolean[] = [];
    engine.onExit(({ expected }) => exits.push(expected));
    const began = new Promise((resolve) =>
      engine.onEvent("statementStarted", resolve),
    );
    const pending = faultOf(run(engine, endless));
    await began;
    process.kill(engine.processId ?? 0, "SIGKILL");
    const fault = await pending;
    assert.equal(fault.class, "engineCrashed");
    assert.match(fault.message, /SIGKILL/);
    assert.deepEqual(exits, [false]);
    assert.equal(
      (await faultOf(run(engine, "SELECT 1"))).class,
      "engineCrashed",
    );
    const next = await start();
    assert.equal(
      (await run(next, "SELECT 1")).statements[0]?.status,
      "succeeded",
    );
    await next.dispose();
  });

  it("removes its temporary files, and those of engines that were killed", async () => {
    const temporary = path.join(folder, "tmp");
    mkdirSync(path.join(temporary, "viaduct-engine-999999999"), {
      recursive: true,
    });
    mkdirSync(path.join(temporary, "not-ours"), { recursive: true });
    const killed = await start();
    const killedFolder = path.join(
      temporary,
      `viaduct-engine-${killed.processId ?? 0}`,
    );
    assert.ok(existsSync(killedFolder));
    const gone = new Promise((resolve) => killed.onExit(resolve));
    killed.kill();
    await gone;
    assert.ok(existsSync(killedFolder), "a killed process cannot tidy up");
    const engine = await start();
    assert.deepEqual(readdirSync(temporary).sort(), [
      "not-ours",
      `viaduct-engine-${engine.processId ?? 0}`,
    ]);
    await engine.dispose();
    assert.deepEqual(readdirSync(temporary), ["not-ours"]);
  });

  it("ends while a query runs when it is asked to", async () => {
    const engine = await start();
    const began = new Promise((resolve) =>
      engine.onEvent("statementStarted", resolve),
    );
    const pending = run(engine, endless).catch(() => undefined);
    await began;
    const exits: boolean[] = [];
    engine.onExit(({ expected }) => exits.push(expected));
    await engine.dispose();
    await pending;
    assert.deepEqual(exits, [true]);
  });

  it("ends with its parent", async () => {
    const parent = fork(
      inRepository("test", "engine", "fixtures", "parent.ts"),
      [],
      {
        execArgv: ["--import", "tsx"],
        env: {
          ...process.env,
          ENGINE_OPTIONS: JSON.stringify(engineOptions(folder)),
        },
      },
    );
    const processId = await new Promise<number>((resolve) =>
      parent.once("message", (message) => {
        resolve(Number(message));
      }),
    );
    assert.ok(isAlive(processId));
    parent.kill("SIGKILL");
    await until("the engine to end", () => !isAlive(processId));
  });
});

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    // A zombie has ended: nobody has asked for its exit code yet.
    return !/^\S+\s+\S+\s+Z/.test(
      execFileSync("ps", ["-o", "pid=,ppid=,stat=", "-p", String(processId)])
        .toString()
        .trim(),
    );
  } catch {
    return false;
  }
}
