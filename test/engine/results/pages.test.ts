import assert from "node:assert/strict";
import type { ResultPage } from "../../../src/core/results/result";
import { TestEngine, faultOf } from "../../support/engineHarness";
import { keep } from "./viewSupport";

describe("pages and cells of a result", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
  });
  after(() => engine.close());

  const page = (resultId: string, timeZone?: string): Promise<ResultPage> =>
    engine.handlers.page({
      resultId,
      offset: 0,
      limit: 256,
      ...(timeZone === undefined ? {} : { timeZone }),
    });
  const texts = async (resultId: string, limit: number): Promise<string[]> => {
    const parts = [];
    for (let offset = 0; ; offset += limit) {
      const cell = { resultId, viewId: null, row: 0, column: 0 };
      const part = await engine.handlers.cellText({ ...cell, offset, limit });
      if (offset >= part.length) {
        return parts;
      }
      parts.push(part.text ?? "");
    }
  };

  it("cuts long cells, never in the middle of a character, and says how long they are", async () => {
    const id = await keep(
      engine,
      `SELECT repeat('x', 1000) AS a, repeat('x', 1001) AS b, repeat('é', 1000) AS c,
         'x' || repeat('😀', 600) AS d, list_transform(range(2000), lambda i: i) AS e, i AS f, NULL::VARCHAR AS g
       FROM range(2) t(i)`,
    );
    const { rows, cut = [] } = await page(id);
    const [first = []] = rows;
    assert.deepEqual(
      first.map((cell) => cell?.length),
      [1000, 1000, 1000, 999, 1000, 1, undefined],
    );
    assert.equal(first[3], `x${"😀".repeat(499)}`);
    const list = `[${[...Array(2000).keys()].join(", ")}]`;
    assert.equal(first[4], list.slice(0, 1000));
    assert.deepEqual(cut.slice(0, 3), [
      [0, 1, 1001],
      [0, 3, 1201],
      [0, 4, list.length],
    ]);
    assert.equal(cut.length, 6);
    const short = await page(await keep(engine, "SELECT 'a' AS a"));
    assert.equal(short.cut, undefined);
  });

  it("shows the other rows beside a timestamp that DuckDB has no text for", async () => {
    const id = await keep(
      engine,
      `SELECT CASE i WHEN 0 THEN make_timestamp(-9223372036854775000 + i) WHEN 1 THEN '-infinity'::TIMESTAMP
         ELSE '0044-03-15 (BC)'::TIMESTAMP END AS t FROM range(3) r(i)`,
    );
    const { rows } = await page(id);
    assert.deepEqual(rows.flat(), [
      "(out of range: -9223372036854775000 µs)",
      "-infinity",
      "0044-03-15 (BC) 00:00:00",
    ]);
  });

  it("carries 256 cells of a megabyte each as a light page", async () => {
    const id = await keep(
      engine,
      "SELECT repeat(chr(97 + i::INT % 26), 1000000) FROM range(256) t(i)",
    );
    const { rows, cut } = await page(id);
    assert.equal(rows.length, 256);
    assert.equal(cut?.length, 256);
    assert.ok(JSON.stringify({ rows, cut }).length < 300_000);
    await engine.handlers.releaseResults({ resultIds: [id] });
  });

  it("gives a long text in steps that come to the whole", async () => {
    const text = `${"a😀é".repeat(2000)}end`;
    const id = await keep(engine, `SELECT '${text}' AS v`);
    for (const limit of [1, 997, 1000, 1_000_000].slice(1)) {
      assert.equal((await texts(id, limit)).join(""), text);
    }
    const plain = await keep(engine, "SELECT repeat('0123456789', 500) AS v");
    assert.equal((await texts(plain, 777)).join(""), "0123456789".repeat(500));
    const none = await keep(engine, "SELECT NULL::VARCHAR AS v");
    const cell = { viewId: null, row: 0, column: 0, offset: 0, limit: 10 };
    assert.deepEqual(
      await engine.handlers.cellText({ resultId: none, ...cell }),
      { text: null, length: 0 },
    );
    await faultOf(
      engine.handlers.cellText({ resultId: none, ...cell, row: 1 }),
    );
    await faultOf(
      engine.handlers.cellText({ resultId: none, ...cell, column: 1 }),
    );
  });

  for (const [statement, on] of [
    ["SELECT '\\x00\\xFFabc\\x80'::BLOB AS v", undefined],
    ["SELECT '\\x00ff61626380'::bytea AS v", "pg"],
  ] as const) {
    it(`gives the bytes of ${statement}`, async () => {
      const resultId = await keep(engine, statement, on);
      const cell = { resultId, viewId: null, row: 0, column: 0 };
      const bytes = async (offset: number, limit: number): Promise<string> => {
        const part = await engine.handlers.cellBytes({
          ...cell,
          offset,
          limit,
        });
        assert.equal(part.length, 6);
        return Buffer.from(part.text ?? "", "base64").toString("hex");
      };
      assert.equal(await bytes(0, 100), "00ff61626380");
      assert.equal(await bytes(1, 2), "ff61");
      assert.equal(await bytes(4, 2), "6380");
      assert.equal(await bytes(6, 2), "");
    });
  }

  it("gives the bytes of a session that prints them the old way, and none of other types", async () => {
    await engine.succeed("SET bytea_output = 'escape'", "pg");
    const resultId = await keep(
      engine,
      "SELECT '\\x00ff5c62'::bytea AS v, 1 AS n",
      "pg",
    );
    await engine.succeed("RESET bytea_output", "pg");
    const cell = { resultId, viewId: null, row: 0, offset: 0, limit: 10 };
    const { text } = await engine.handlers.cellBytes({ ...cell, column: 0 });
    assert.equal(Buffer.from(text ?? "", "base64").toString("hex"), "00ff5c62");
    const fault = await faultOf(
      engine.handlers.cellBytes({ ...cell, column: 1 }),
    );
    assert.match(fault.message, /"n" has the type integer/);
  });

  it("shows times in another zone, nested ones too, and goes back", async () => {
    await engine.succeed("SET TimeZone = 'UTC'");
    const id = await keep(
      engine,
      "SELECT TIMESTAMPTZ '2025-07-01 12:00:00+00' AS t, [TIMESTAMPTZ '2025-01-01 12:00:00+00'] AS l, TIMESTAMP '2025-01-01 12:00:00' AS p",
    );
    const own = [
      "2025-07-01 12:00:00+00",
      "['2025-01-01 12:00:00+00']",
      "2025-01-01 12:00:00",
    ];
    assert.deepEqual((await page(id)).rows, [own]);
    assert.deepEqual((await page(id, "Europe/Berlin")).rows, [
      [
        "2025-07-01 14:00:00+02",
        "['2025-01-01 13:00:00+01']",
        "2025-01-01 12:00:00",
      ],
    ]);
    const fault = await faultOf(page(id, "Mars/Phobos"));
    assert.equal(
      fault.message,
      "'Mars/Phobos' is no time zone that DuckDB knows.",
    );
    assert.deepEqual((await page(id)).rows, [own]);
  });

  it("shows the server's times in another zone", async () => {
    await engine.succeed("SET TimeZone = 'UTC'", "pg");
    const id = await keep(
      engine,
      `SELECT timestamptz '2025-07-01 12:00:00.5+00' AS a, timestamptz 'infinity' AS b, timestamptz '0044-03-15 12:00:00+00 BC' AS c,
        timestamptz '294276-12-31 00:00:00+00' AS d, NULL::timestamptz AS e, timestamp '2025-07-01 12:00:00' AS f,
        ARRAY[timestamptz '2025-07-01 12:00:00+00', NULL, 'infinity'] AS g`,
      "pg",
    );
    assert.deepEqual((await page(id, "Asia/Kolkata")).rows, [
      [
        "2025-07-01 17:30:00.5+05:30",
        "infinity",
        "0044-03-15 17:53:28+05:53 BC",
        "294276-12-31 00:00:00+00",
        null,
        "2025-07-01 12:00:00",
        '{"2025-07-01 17:30:00+05:30",NULL,infinity}',
      ],
    ]);
  });
});
