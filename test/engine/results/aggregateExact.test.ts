import assert from "node:assert/strict";
import { TestEngine } from "../../support/engineHarness";
import { aggregateOf } from "./questions";

describe("sums of a selection of a kept result", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  async function sumOf(
    type: string,
    values: readonly string[],
    on?: string,
  ): Promise<(string | null)[]> {
    const list = values.map((value) => `('${value}'::${type})`).join(", ");
    const { sum, mean, min, max } = await aggregateOf(
      engine,
      `SELECT v FROM (VALUES ${list}) t(v)`,
      on === undefined ? {} : { on },
    );
    return [sum, mean, min, max];
  }

  it("adds exactly, whatever the number of digits", async () => {
    const nines = "9".repeat(38);
    assert.deepEqual(await sumOf("DECIMAL(38,0)", [nines, nines]), [
      `1${"9".repeat(37)}8`,
      nines,
      nines,
      nines,
    ]);
    assert.deepEqual(
      await sumOf("DECIMAL(38,10)", [
        "1234567890123456789012345678.0000000001",
        "-0.5000000002",
      ]),
      [
        "1234567890123456789012345677.4999999999",
        "617283945061728394506172838.74999999995",
        "-0.5000000002",
        "1234567890123456789012345678.0000000001",
      ],
    );
    const largest = "170141183460469231731687303715884105727";
    assert.deepEqual(await sumOf("HUGEINT", [largest, largest]), [
      "340282366920938463463374607431768211454",
      largest,
      largest,
      largest,
    ]);
    assert.equal(
      (
        await sumOf("UHUGEINT", [
          "340282366920938463463374607431768211455",
          "1",
        ])
      )[0],
      "340282366920938463463374607431768211456",
    );
    assert.equal(
      (await sumOf("BIGNUM", ["1".repeat(60), "-1"]))[0],
      `${"1".repeat(59)}0`,
    );
    assert.deepEqual(await sumOf("BIGINT", ["9223372036854775807", "1"]), [
      "9223372036854775808",
      "4611686018427387904",
      "1",
      "9223372036854775807",
    ]);
    assert.equal((await sumOf("DECIMAL(2,2)", ["0.05", "-0.10"]))[0], "-0.05");
  });

  it("adds what PostgreSQL calls numeric exactly, with NaN and infinities as it does", async () => {
    const sixty =
      "123456789012345678901234567890123456789012345678901234567890";
    assert.deepEqual(
      await sumOf("numeric", [`${sixty}.25`, "0.5", "-1"], "pg"),
      [
        `${sixty.slice(0, -2)}89.75`,
        "41152263004115226300411522630041152263004115226300411522629.92",
        "-1",
        `${sixty}.25`,
      ],
    );
    assert.deepEqual(await sumOf("numeric", ["1", "NaN", "10.5"], "pg"), [
      "nan",
      "nan",
      "1",
      "NaN",
    ]);
    assert.deepEqual(await sumOf("numeric", ["1", "Infinity"], "pg"), [
      "inf",
      "inf",
      "1",
      "Infinity",
    ]);
    assert.deepEqual(await sumOf("numeric(10,2)", ["9.50", "10.00"], "pg"), [
      "19.50",
      "9.75",
      "9.50",
      "10.00",
    ]);
    assert.deepEqual(
      await sumOf("bigint", ["9223372036854775807", "2"], "pg"),
      [
        "9223372036854775809",
        "4611686018427387904.5",
        "2",
        "9223372036854775807",
      ],
    );
  });

  it("adds binary fractions as such", async () => {
    assert.deepEqual(await sumOf("DOUBLE", ["0.1", "0.2"]), [
      "0.30000000000000004",
      "0.15000000000000002",
      "0.1",
      "0.2",
    ]);
    assert.deepEqual(await sumOf("DOUBLE", ["1", "NaN"]), [
      "nan",
      "nan",
      "1.0",
      "nan",
    ]);
    assert.deepEqual(await sumOf("double precision", ["0.1", "0.2"], "pg"), [
      "0.30000000000000004",
      "0.15000000000000002",
      "0.1",
      "0.2",
    ]);
  });
});
