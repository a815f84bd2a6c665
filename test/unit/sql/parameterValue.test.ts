import assert from "node:assert/strict";
import fc from "fast-check";
import {
  duckdbType,
  expectedType,
  isParameterType,
  normalValue,
  parameterTypeOf,
  parameterTypes,
  valueProblem,
  type ParameterType,
} from "../../../src/core/sql/parameterValue";

const good: Partial<Record<ParameterType, readonly string[]>> = {
  integer: ["0", "-1", "+7", " 42 ", "170141183460469231731687303715884105727"],
  decimal: [
    "1",
    "-1.50",
    ".5",
    "5.",
    "0.00000000000000000000000000000000000001",
  ],
  double: ["1e10", "-1.5E-3", "nan", "Infinity", "-inf", "3"],
  boolean: ["true", "F", "yes", "n", "1", "off"],
  date: ["2024-02-29", "0044-03-15 (BC)", "infinity", "294247-01-10"],
  time: ["0:00", "23:59:59.999999", "24:00:00"],
  timestamp: ["2024-01-01", "2024-01-01 12:30", "2024-01-01T12:30:00.123456"],
  timestamptz: [
    "2024-01-01 12:30+02",
    "2024-01-01T12:30:00Z",
    "2024-01-01 1:00 Europe/Berlin",
  ],
  interval: ["1 month", "3 days 02:00:00", "P1D"],
  uuid: ["f47ac10b-58cc-4372-a567-0e02b2c3d479"],
  text: ["", " x ", "\0", "🦆"],
};

const bad: Partial<Record<ParameterType, readonly string[]>> = {
  integer: [
    "",
    "1.0",
    "1e3",
    "x",
    "0x10",
    "1 2",
    "170141183460469231731687303715884105728",
  ],
  decimal: [
    "",
    ".",
    "1e5",
    "nan",
    "1,5",
    "123456789012345678901234567890123456789",
  ],
  double: ["", "e5", "1,5", "infinite"],
  boolean: ["", "2", "wahr"],
  date: [
    "",
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "24-01-01",
    "01.02.2024",
    "2024-01-01 10:00",
  ],
  time: ["", "25:00", "12:60", "24:00:01", "12"],
  timestamp: [
    "",
    "2023-02-29 10:00",
    "2024-01-01 25:00",
    "2024-01-01 10:00+02",
    "now",
  ],
  timestamptz: ["", "10:00+02", "2024-01-01 10:00+"],
  interval: ["", "soon"],
  text: ["half of a \ud83e"],
  uuid: ["", "f47ac10b", "g47ac10b-58cc-4372-a567-0e02b2c3d479"],
};

describe("the value of a parameter", () => {
  for (const type of parameterTypes) {
    it(`of type ${type} is told from others`, () => {
      for (const text of good[type] ?? []) {
        assert.equal(valueProblem(type, text), null, text);
      }
      for (const text of bad[type] ?? []) {
        assert.notEqual(valueProblem(type, text), null, text);
      }
    });
  }

  it("is given to DuckDB with the type of a literal", () => {
    const cases: readonly (readonly [ParameterType, string, string | null])[] =
      [
        ["integer", "2147483647", "INTEGER"],
        ["integer", "-2147483649", "BIGINT"],
        ["integer", "9223372036854775808", "HUGEINT"],
        ["decimal", "-1.50", "DECIMAL(3, 2)"],
        ["decimal", ".05", "DECIMAL(2, 2)"],
        ["decimal", "7", "DECIMAL(1, 0)"],
        ["timestamptz", "x", "TIMESTAMP WITH TIME ZONE"],
        ["date", "x", "DATE"],
        ["text", "1", "VARCHAR"],
        ["null", "", null],
      ];
    for (const [type, text, expected] of cases) {
      assert.equal(duckdbType(type, text), expected, text);
    }
  });

  it("keeps its digits where a narrower number is expected", () => {
    assert.equal(expectedType("BIGINT", "1.5"), "decimal");
    assert.equal(expectedType("BIGINT", "7"), "integer");
    assert.equal(expectedType("DECIMAL(18,3)", "1e3"), "double");
    assert.equal(expectedType("DOUBLE", "3"), "double");
    assert.equal(expectedType("BIGINT", "abc"), "integer");
    assert.equal(expectedType("VARCHAR", "7"), "text");
    assert.equal(expectedType("INTEGER[]", "[1]"), "auto");
  });

  it("is read without the blanks around it, except in a text", () => {
    assert.equal(normalValue("boolean", " Yes "), "true");
    assert.equal(normalValue("integer", " 7 "), "7");
    assert.equal(normalValue("text", " 7 "), " 7 ");
  });

  it("has the type that the engines' types come to", () => {
    const cases: Readonly<Record<string, ParameterType>> = {
      "numeric(12,2)": "decimal",
      "DECIMAL(18,3)": "decimal",
      UBIGINT: "integer",
      smallint: "integer",
      "character varying(20)": "text",
      "timestamp(3) without time zone": "timestamp",
      "TIMESTAMP WITH TIME ZONE": "timestamptz",
      "integer[]": "auto",
      "ENUM('a', 'b')": "auto",
      jsonb: "auto",
    };
    for (const [name, type] of Object.entries(cases)) {
      assert.equal(parameterTypeOf(name), type, name);
    }
    assert.equal(isParameterType("date"), true);
    assert.equal(isParameterType("datum"), false);
  });

  it("is judged whatever it is, and fast", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...parameterTypes),
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constant("9".repeat(100_000)),
        ),
        (type, text) => {
          const problem = valueProblem(type, text);
          if (problem === null) {
            duckdbType(type, text);
            normalValue(type, text);
          }
          expectedType("BIGINT", text);
        },
      ),
    );
  });
});
