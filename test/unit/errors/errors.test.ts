import assert from "node:assert/strict";
import fc from "fast-check";
import {
  classifyDuckdbError,
  parseDuckdbError,
} from "../../../src/core/errors/classifyDuckdb";
import { classifyPostgresError } from "../../../src/core/errors/classifyPostgres";
import {
  utf16FromCharacters,
  utf16FromUtf8,
} from "../../../src/core/errors/textOffsets";

describe("DuckDB's errors", () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      'IO Error: Could not set lock on file "/w/memory.duckdb": Conflicting lock is held in /usr/bin/node (PID 31664). See also https://duckdb.org',
      "databaseLocked",
    ],
    [
      'IO Error: Unable to connect to Postgres at "": connection to server at "127.0.0.1", port 1 failed: Connection refused',
      "connectionRefused",
    ],
    [
      'IO Error: Unable to connect to Postgres at "": connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "x"',
      "authenticationFailed",
    ],
    [
      'IO Error: Unable to connect to Postgres at "": could not translate host name "x" to address',
      "hostUnknown",
    ],
    [
      'IO Error: Unable to connect to Postgres at "": connection failed: timeout expired',
      "connectTimeout",
    ],
    [
      'IO Error: Unable to connect to Postgres at "": FATAL:  database "nodb" does not exist',
      "databaseMissing",
    ],
    [
      'IO Error: Unable to connect to Postgres at "": server does not support SSL, but SSL was required',
      "tlsRefused",
    ],
    [
      'IO Error: Unable to connect to Postgres at "": SSL error: certificate verify failed',
      "tlsUnverified",
    ],
    [
      "IO Error: Failed to fetch header for COPY: FATAL:  terminating connection due to administrator command",
      "connectionLost",
    ],
    [
      "IO Error: Failed to fetch header for COPY: ERROR:  canceling statement due to statement timeout",
      "statementTimeout",
    ],
    [
      "IO Error: Failed to fetch header for COPY: ERROR:  canceling statement due to user request",
      "cancelled",
    ],
    ["INTERRUPT Error: Interrupted!", "cancelled"],
    [
      'IO Error: Extension "/d/postgres_scanner.duckdb_extension" not found.\nExtension "postgres" is an existing extension.\n\nInstall it first using "INSTALL postgres".',
      "extensionMissing",
    ],
    [
      'IO Error: Failed to download extension "fts" at URL "http://extensions.duckdb.org/x"',
      "extensionDownload",
    ],
    [
      "Invalid Input Error: Failed to load 'x', The file was built specifically for DuckDB version 'v1.5.4' and can only be loaded with that version of DuckDB.",
      "extensionInvalid",
    ],
    [
      "Out of Memory Error: failed to allocate data of size 16 MiB",
      "outOfMemory",
    ],
    ['IO Error: Could not write file "x": No space left on device', "diskFull"],
    [
      'Invalid Input Error: Cannot execute statement of type "INSERT" on database "pg" which is attached in read-only mode!',
      "readOnly",
    ],
    [
      'Catalog Error: unrecognized configuration parameter "postgres_scanner_timeout"',
      "binder",
    ],
    ["Constraint Error: Duplicate key", "constraint"],
    [
      'INTERNAL Error: {"exception_type":"INTERNAL","exception_message":"Out of range"}',
      "engineUnavailable",
    ],
    [
      'FATAL Error: {"exception_type":"FATAL","exception_message":"Failed: database has been invalidated because of a previous fatal error. The database must be restarted prior to being used again."}',
      "engineUnavailable",
    ],
    ["something entirely new", "unknown"],
  ];
  for (const [text, errorClass] of cases) {
    it(`${errorClass}: ${text.slice(0, 60)}`, () => {
      const info = classifyDuckdbError(text);
      assert.equal(info.class, errorClass);
      assert.ok(info.hint.length > 10);
      assert.ok(info.message.length > 0);
    });
  }

  it("takes JSON apart and finds the place in UTF-16", () => {
    const sql = "SELECT 'é😀', nope";
    const bytes = Buffer.byteLength("SELECT 'é😀', ");
    const info = classifyDuckdbError(
      `Parser Error: {"exception_type":"Binder","exception_message":"no \\"nope\\"","position":"${bytes}"}`,
      sql,
    );
    assert.equal(info.position, sql.indexOf("nope"));
    assert.equal(info.message, 'no "nope"');
    assert.equal(info.code, "Binder");
    assert.deepEqual(parseDuckdbError('x {"exception_type": broken'), {
      type: "",
      message: 'x {"exception_type": broken',
    });
  });

  it("names the program that holds the lock", () => {
    assert.equal(
      classifyDuckdbError(cases[0]?.[0] ?? "").message,
      "The DuckDB file /w/memory.duckdb is locked by node (process 31664).",
    );
  });

  it("asks for the name that DuckDB thinks was meant, in the hint", () => {
    const column = classifyDuckdbError(
      'Binder Error: Table "d" does not have a column named "strenght"\n\nCandidate bindings: : "strength", "length"',
    );
    assert.equal(column.hint, "Did you mean strength, length?");
    assert.equal(
      column.message,
      'Table "d" does not have a column named "strenght"',
    );
    assert.equal(
      classifyDuckdbError(
        'Catalog Error: Table with name memorys does not exist!\nDid you mean "memories"?',
      ).hint,
      "Did you mean memories?",
    );
  });
});

describe("PostgreSQL's errors", () => {
  it("have a class by code, and by class of codes", () => {
    for (const [code, errorClass] of [
      ["28P01", "authenticationFailed"],
      ["3D000", "databaseMissing"],
      ["42P01", "catalog"],
      ["42804", "binder"],
      ["42601", "syntax"],
      ["25006", "readOnly"],
      ["23505", "constraint"],
      ["22012", "conversion"],
      ["57014", "cancelled"],
      ["57P01", "connectionLost"],
      ["08006", "connectionLost"],
      ["53100", "diskFull"],
      ["ECONNREFUSED", "connectionRefused"],
      ["ENOTFOUND", "hostUnknown"],
      ["DEPTH_ZERO_SELF_SIGNED_CERT", "tlsUnverified"],
    ] as const) {
      assert.equal(
        classifyPostgresError({ message: "x", code }).class,
        errorClass,
        code,
      );
    }
    assert.equal(
      classifyPostgresError({
        message: "self-signed certificate",
        code: "DEPTH_ZERO_SELF_SIGNED_CERT",
      }).class,
      "tlsUnverified",
    );
    assert.equal(
      classifyPostgresError({
        message: "canceling statement due to statement timeout",
        code: "57014",
      }).class,
      "statementTimeout",
    );
  });

  it("keep detail, hint and place", () => {
    const sql = "SELECT '😀', x";
    const info = classifyPostgresError(
      {
        message: "no x",
        detail: "none",
        hint: "Try y.",
        position: "13",
        code: "42703",
      },
      sql,
    );
    assert.equal(info.message, "no x\nDETAIL: none");
    assert.equal(info.hint, "Try y.");
    assert.equal(info.position, sql.indexOf("x"));
  });
});

describe("offsets", () => {
  const text = fc.string({ unit: "grapheme" });
  it("agree with the encodings themselves", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const whole = before + after;
        assert.equal(
          utf16FromUtf8(whole, Buffer.byteLength(before)),
          before.length,
        );
        assert.equal(
          utf16FromCharacters(whole, Array.from(before).length + 1),
          before.length,
        );
      }),
    );
    assert.equal(utf16FromUtf8("ab", 99), 2);
    assert.equal(utf16FromCharacters("ab", 99), 2);
  });
});
