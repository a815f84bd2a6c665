import assert from "node:assert/strict";
import { classifyDuckdbError } from "../../../src/core/errors/classifyDuckdb";
import { classifyPostgresError } from "../../../src/core/errors/classifyPostgres";

describe("what a server refuses of a connection", () => {
  for (const [text, errorClass] of [
    ['FATAL:  unrecognized configuration parameter "x"', "connectionInvalid"],
    [
      'FATAL:  invalid value for parameter "work_mem": "x"',
      "connectionInvalid",
    ],
    ['FATAL:  permission denied to set role "x"', "permission"],
    [
      'FATAL:  database "x" is not currently accepting connections',
      "connectionRefused",
    ],
    ["server is not in hot standby mode", "connectionRefused"],
    ["something entirely new", "connectionLost"],
  ] as const) {
    it(`is ${errorClass} through DuckDB: ${text}`, () => {
      const line = `connection to server at "h", port 5432 failed: ${text}`;
      // libpq tries with and without TLS, and says the same twice.
      const info = classifyDuckdbError(
        `IO Error: Unable to connect to Postgres at "": ${line}\n${line}`,
      );
      assert.equal(info.class, errorClass);
      assert.equal(info.message, line);
    });
  }

  it("is about the connection when it asks for a setting that the server refuses", () => {
    const refusals = [
      [
        "42704",
        'unrecognized configuration parameter "x"',
        "connectionInvalid",
      ],
      [
        "22023",
        'invalid value for parameter "work_mem": "x"',
        "connectionInvalid",
      ],
      ["42501", 'permission denied to set role "x"', "permission"],
    ] as const;
    for (const [code, message, errorClass] of refusals) {
      const refused = classifyPostgresError({
        code,
        message,
        severity: "FATAL",
      });
      assert.equal(refused.class, errorClass, message);
      assert.match(refused.hint, /options \(PGOPTIONS/);
      const statement = classifyPostgresError({
        code,
        message,
        severity: "ERROR",
      });
      assert.doesNotMatch(statement.hint, /PGOPTIONS/);
    }
    assert.equal(
      classifyPostgresError({
        code: "55000",
        message: 'database "x" is not currently accepting connections',
      }).class,
      "connectionRefused",
    );
  });
});
