import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { TestEngine } from "../../support/engineHarness";
import { admin } from "../../support/postgres";

describe("the time zone of a result", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      "CREATE TABLE zone_t (moment timestamptz, ats timestamptz[], here timestamp, t timetz); INSERT INTO zone_t VALUES ('2025-07-01 12:00:00.5+00', '{2025-01-01 00:00:00+00}', '2025-07-01 12:00:00', '12:00:00+02')",
    );
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(async () => {
    await engine.close();
    await admin("DROP TABLE zone_t");
  });

  const openedZone = (): unknown => {
    const opened = engine.events.findLast(
      ({ event }) => event === "resultOpened",
    );
    assert.ok(opened?.event === "resultOpened");
    return opened.payload.timeZone;
  };

  it("is that of DuckDB at the time of the run, for times with a zone", async () => {
    await engine.succeed("SET TimeZone = 'Asia/Kathmandu'");
    const before = await engine.succeed("SELECT moment FROM pg.zone_t");
    assert.equal(before.timeZone, "Asia/Kathmandu");
    assert.equal(openedZone(), "Asia/Kathmandu");
    await engine.succeed("SET TimeZone = 'UTC'");
    const listed = await engine.succeed(
      "SELECT {'a': ats} AS v FROM pg.zone_t",
    );
    assert.equal(listed.timeZone, "UTC");
    for (const sql of [
      "SELECT here, t FROM pg.zone_t",
      "SELECT 1",
      "CREATE TABLE zone_none (a INTEGER)",
    ]) {
      assert.equal((await engine.succeed(sql)).timeZone, null, sql);
    }
  });

  it("is that of the server's session for a native run, also after SET", async () => {
    await engine.succeed("SET TimeZone = 'America/St_Johns'", "pg");
    const sql = "SELECT moment, tstzrange(moment, NULL) FROM zone_t";
    const first = await engine.succeed(sql, "pg");
    assert.equal(first.timeZone, "America/St_Johns");
    assert.equal(openedZone(), "America/St_Johns");
    await engine.succeed("SET TimeZone = 'Europe/Paris'", "pg");
    const second = await engine.succeed("SELECT ats FROM zone_t", "pg");
    assert.equal(second.timeZone, "Europe/Paris");
    assert.equal(
      (await engine.succeed("SELECT here, t FROM zone_t", "pg")).timeZone,
      null,
    );
  });

  it("can be another for what is shown, without running again", async () => {
    await engine.succeed("SET TimeZone = 'UTC'");
    await engine.succeed("SET TimeZone = 'UTC'", "pg");
    for (const [sql, on] of [
      ["SELECT moment, here FROM pg.zone_t"],
      ["SELECT moment, here FROM zone_t", "pg"],
    ] as const) {
      const { resultId } = await engine.succeed(sql, on);
      assert.ok(resultId);
      const shownIn = async (timeZone: string | null) =>
        (
          await engine.handlers.page({
            resultId,
            offset: 0,
            limit: 1,
            timeZone,
          })
        ).rows;
      assert.deepEqual(
        await shownIn("Asia/Kathmandu"),
        [["2025-07-01 17:45:00.5+05:45", "2025-07-01 12:00:00"]],
        sql,
      );
      assert.deepEqual(await shownIn(null), [
        ["2025-07-01 12:00:00.5+00", "2025-07-01 12:00:00"],
      ]);
    }
  });

  it("is that of the view for what is copied and exported, where the view has another", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-zones-"));
    for (const [sql, on] of [
      ["SELECT moment, ats, here FROM pg.zone_t"],
      ["SELECT moment, ats, here FROM zone_t", "pg"],
    ] as const) {
      const { resultId } = await engine.succeed(sql, on);
      assert.ok(resultId);
      const area = {
        resultId,
        viewId: null,
        fromRow: 0,
        toRow: 1,
        columns: [0, 1, 2],
      };
      const copied = async (timeZone?: string | null) => {
        const task = {
          taskId: randomUUID(),
          format: "tsv",
          table: "t",
        } as const;
        const { text } = await engine.handlers.copyText({
          ...area,
          ...task,
          headers: false,
          ...(timeZone === undefined ? {} : { timeZone }),
        });
        return text;
      };
      const here = "2025-07-01 12:00:00";
      const kathmandu = await copied("Asia/Kathmandu");
      assert.match(kathmandu, /^2025-07-01 17:45:00\.5\+05:45\t/, sql);
      assert.match(kathmandu, /2025-01-01 05:45:00\+05:45/, sql);
      assert.ok(kathmandu.endsWith(`\t${here}`), kathmandu);
      assert.match(await copied(), /^2025-07-01 12:00:00\.5\+00\t/);
      assert.equal(await copied(null), await copied());
      await assert.rejects(copied("Atlantis"), /'Atlantis' is no time zone/);

      const file = path.join(folder, `${on ?? "duckdb"}.csv`);
      await engine.handlers.exportResult({
        ...area,
        taskId: randomUUID(),
        format: "csv",
        file,
        options: { headers: false, guardFormulas: true, table: "t" },
        timeZone: "Asia/Kathmandu",
      });
      assert.match(
        await readFile(file, "utf8"),
        /^2025-07-01 17:45:00\.5\+05:45,.*2025-01-01 05:45:00\+05:45.*,2025-07-01 12:00:00\n$/,
        sql,
      );
    }
    await rm(folder, { recursive: true });
  });
});
