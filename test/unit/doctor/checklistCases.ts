import assert from "node:assert/strict";
import type { CheckStatus } from "../../../src/core/doctor/report";
import { errorInfo } from "../../../src/core/errors/makeError";
import {
  healthySession,
  seen,
  type factsWith,
} from "../../support/doctorFacts";

const { file } = healthySession;
assert.ok(file);

/** What is different, which check notices, how it ends, and words of the reason. */
export type CheckCase = readonly [
  string,
  string,
  Parameters<typeof factsWith>[0],
  CheckStatus,
  RegExp,
];

/** What can be wrong with the session. */
export const sessionCases: readonly CheckCase[] = [
  [
    "DuckDB near its end",
    "engine.version",
    { session: { today: "2027-02-15" } },
    "warn",
    /supported until 2027-03-31 only/,
  ],
  [
    "DuckDB after its end",
    "engine.version",
    { session: { today: "2027-04-01" } },
    "warn",
    /not supported any more, since 2027-03-31/,
  ],
  [
    "a DuckDB that nobody knows yet",
    "engine.version",
    { session: { version: "v3.1.0" } },
    "pass",
    /DuckDB v3\.1\.0 on/,
  ],
  [
    "a refused setting",
    "engine.refusedSettings",
    {
      session: {
        asked: [
          {
            name: "threads",
            value: "",
            note: "",
            problem: errorInfo("binder", "threads must be above 0"),
          },
        ],
      },
    },
    "fail",
    /refused threads: threads must be above 0/,
  ],
  [
    "a full disk",
    "engine.temporary",
    { session: { temporary: seen({ folder: "/tmp", freeBytes: 9e8 }) } },
    "warn",
    /Only 858 MB free in \/tmp/,
  ],
  [
    "a persistent secret",
    "engine.secrets",
    {
      session: {
        secrets: seen([{ name: 'a"b', type: "postgres", persistent: true }]),
      },
    },
    "warn",
    /passwords in clear: a"b/,
  ],
  [
    "a locked file",
    "file.open",
    {
      session: {
        file: {
          ...file,
          problem: errorInfo(
            "databaseLocked",
            "It is locked by dbt (process 7).",
          ),
        },
      },
    },
    "fail",
    /locked by dbt \(process 7\)/,
  ],
  [
    "an extension for another DuckDB",
    "extension.build",
    {
      session: {
        extensions: seen([
          {
            name: "postgres_scanner",
            installed: true,
            loaded: false,
            version: "1",
            path: "/x/v1.4.0/linux_amd64/postgres_scanner.duckdb_extension",
            aliases: ["postgres"],
          },
        ]),
      },
    },
    "fail",
    /installed for v1\.4\.0 on linux_amd64, and this is DuckDB v1\.5\.5/,
  ],
  [
    "no extension at all",
    "extension.validation",
    { session: { extensions: seen([]) } },
    "fail",
    /not installed/,
  ],
  [
    "a password in an ATTACH",
    "engine.inlinePasswords",
    {
      session: {
        databases: seen([
          {
            name: "inline",
            type: "postgres",
            readOnly: true,
            storageVersion: "",
            hasInlinePassword: true,
          },
        ]),
      },
    },
    "warn",
    /inline: the ATTACH had a password/,
  ],
];
