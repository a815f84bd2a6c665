import assert from "node:assert/strict";
import fc from "fast-check";
import { TestEngine } from "../../support/engineHarness";
import { keep, sortedColumn } from "./viewSupport";

/** Values of each type, none of them in order. */
const samples: readonly (readonly [string, readonly string[]])[] = [
  ["smallint", ["10", "9", "-32768", "32767", "0"]],
  ["integer", ["10", "9", "-2147483648", "2147483647"]],
  ["bigint", ["9223372036854775807", "-9223372036854775808", "10", "9"]],
  [
    "numeric",
    [
      "10",
      "9.99",
      "-10",
      "-9.99",
      "NaN",
      "Infinity",
      "-Infinity",
      "0",
      "0.0",
      "0.001",
      "-0.001",
      "1.10",
      "1.1",
      `1${"0".repeat(400)}`,
      `-1${"0".repeat(400)}`,
      `0.${"0".repeat(400)}1`,
      "12345678901234567890.12345678901234567891",
      "12345678901234567890.1234567890123456789",
      "100",
      "-100",
    ],
  ],
  ["numeric(10,2)", ["10", "9.5", "-3", "NaN", "99999999.99"]],
  ["numeric(38,0)", ["9".repeat(38), "NaN", "8", "-1"]],
  ["numeric(3,5)", ["0.00999", "-0.001", "NaN"]],
  ["real", ["10", "9", "NaN", "-Infinity", "Infinity", "1e20", "-0", "0"]],
  ["double precision", ["10", "9.5", "NaN", "Infinity", "1e-300", "-1e300"]],
  ["boolean", ["true", "false", "true"]],
  [
    "date",
    [
      "2025-01-10",
      "2025-01-09",
      "infinity",
      "-infinity",
      "0044-03-15 BC",
      "4713-01-01 BC",
      "5874897-12-31",
      "10000-01-01",
    ],
  ],
  [
    "timestamp",
    [
      "2025-01-10 00:00:00",
      "2025-01-09 23:59:59.999999",
      "infinity",
      "-infinity",
      "0044-03-15 01:02:03.5 BC",
      "0044-03-15 01:02:03 BC",
      "294276-12-31 23:59:59",
      "294276-12-31 23:59:59.999999",
      "294250-02-28 00:00:00",
      "294248-02-29 12:00:00",
      "294247-01-10 04:00:54.775807",
      "294247-01-10 04:00:54.775806",
      "294247-01-10 04:00:54.775805",
      "10000-01-01 00:00:00",
    ],
  ],
  [
    "timestamptz",
    [
      "2025-03-30 00:59:59+00",
      "2025-03-30 01:00:00+00",
      "2025-10-26 00:30:00+00",
      "2025-10-26 01:15:00+00",
      "infinity",
      "0044-03-15 01:02:03.5+00 BC",
      "294276-12-31 23:59:59+00",
      "294276-12-31 23:59:59+02",
      "294260-07-01 00:00:00-08",
      "294247-01-10 04:00:54.775806+00",
      "294247-01-10 03:30:00-01",
      "1850-01-01 00:00:00+00",
    ],
  ],
  ["time", ["10:00:00", "09:00:00.5", "24:00:00", "09:00:00"]],
  ["timetz", ["10:00:00+02", "09:00:00+00", "08:30:00+00", "23:00:00-08:30"]],
  [
    "interval",
    [
      "1 month",
      "29 days",
      "31 days",
      "-1 year -2 mons +3 days -04:05:06.789",
      "1 year 2 mons -3 days 04:05:06.789",
      "1 mon -1 day",
      "1000000 hours",
      "-00:00:00.000001",
      "0",
      "2 years",
    ],
  ],
  ["bytea", ["\\x0a", "\\x", "\\x0a00", "\\xff", "\\x09ff"]],
  [
    "uuid",
    [
      "9e107d9d-372b-b682-6bd8-1d3542a419d6",
      "0e107d9d-372b-b682-6bd8-1d3542a419d6",
    ],
  ],
  ["money", ["10", "9.5", "-3", "1234567.89", "-0.01"]],
  ["pg_lsn", ["16/B374D848", "6/0", "0/FFFFFFFF", "0/1"]],
  [
    "inet",
    [
      ...["192.168.0.10", "192.168.0.9", "10.0.0.0/8", "10.0.0.0/16"],
      ...["10.1.0.0/8", "0.0.0.0/0", "::", "::1", "fe80::1", "fe80::10"],
      ...["fe80::9", "2001:db8::/32", "2001:db8::/48", "2001:db8:1::/32"],
      ...["1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "::1.2.3.4", "ff::/0"],
      ...["2001:db8::a:0:0:1", "2001:db8:0:0:b::", "::ffff:10.0.0.1/120"],
    ],
  ],
  ["cidr", ["10.0.0.0/8", "2001:db8::/32", "2001:db8::/33", "::/0", "1::/16"]],
  ["varbit", ["1", "10", "0", "", "01"]],
  ["weather", ["sun", "rain, it's", "fog"]],
  ["integer[]", ["{10}", "{9}", "{}", "{9,NULL}", "{9,1}", "{-1}"]],
  ["numeric[]", ["{10.5}", "{9.25,1}", "{NaN}", "{-1}"]],
  ["text[]", ['{"b,c"}', "{a}", '{"a\\"b"}', '{""}', "{NULL}", '{"NULL"}']],
  [
    "timestamp[]",
    [
      '{"2025-01-10 00:00:00"}',
      '{"294276-12-31 00:00:00"}',
      '{"294275-12-31 00:00:00","2000-01-01 00:00:00"}',
      '{"10000-01-01 00:00:00"}',
    ],
  ],
  ["integer[][]", ["{{10,1},{1,1}}", "{{9,1},{2,1}}"]],
  ["weather[]", ['{sun,"rain, it\'s"}', "{fog}", '{"rain, it\'s"}']],
];

describe("native results sorted as PostgreSQL sorts", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
    await engine.succeed("SET lc_messages = 'C'", "pg");
    await engine.succeed(
      "CREATE TYPE weather AS ENUM ('sun', 'rain, it''s', 'fog')",
      "pg",
    );
    await engine.succeed("SET TimeZone = 'Europe/Berlin'", "pg");
  });
  after(async () => {
    await engine.succeed("DROP TYPE weather", "pg");
    await engine.close();
  });

  /** Sorts values by a view and by PostgreSQL, both stable. */
  const check = async (
    type: string,
    values: readonly string[],
  ): Promise<void> => {
    const texts = values.map((value) => `'${value.replaceAll("'", "''")}'`);
    const from = `unnest(ARRAY[${[...texts, "NULL"].join(", ")}]::text[]) WITH ORDINALITY t(v, i)`;
    const select = `SELECT v::${type} AS v FROM ${from}`;
    const resultId = await keep(engine, `${select} ORDER BY i`, "pg");
    for (const descending of [false, true]) {
      const own = await engine.rows(
        `${select} ORDER BY v::${type} ${descending ? "DESC" : "ASC"} NULLS LAST, i`,
        "pg",
      );
      assert.deepEqual(
        await sortedColumn(engine, resultId, { descending }),
        own.map(([cell]) => cell),
        `${type} ${descending ? "descending" : "ascending"}`,
      );
    }
    await engine.handlers.releaseResults({ resultIds: [resultId] });
  };

  for (const [type, values] of samples) {
    it(`sorts ${type}`, () => check(type, values));
  }

  it("sorts random numerics of any size", async () => {
    const digits = fc.stringMatching(/^[0-9]{1,60}$/);
    const number = fc
      .tuple(fc.constantFrom("", "-"), digits, fc.option(digits))
      .map(
        ([sign, whole, fraction]) =>
          `${sign}${whole}${fraction === null ? "" : `.${fraction}`}`,
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(number, { minLength: 2, maxLength: 60 }),
        (numbers) => check("numeric", numbers),
      ),
      { numRuns: 15 },
    );
  });
});
