import assert from "node:assert/strict";
import { healthyConnection, seen } from "../../support/doctorFacts";
import type { CheckCase } from "./checklistCases";

const server = healthyConnection.server.ok
  ? healthyConnection.server.value
  : null;
const role = healthyConnection.role.ok ? healthyConnection.role.value : null;
assert.ok(server && role);

/** What can be wrong with a server and a role. */
export const serverCases: readonly CheckCase[] = [
  [
    "a server before 14",
    "server.version",
    {
      connection: {
        server: seen({ ...server, version: "13.22", versionNumber: 130_022 }),
      },
    },
    "warn",
    /too old for parallel scans.*since 2025-11-13/,
  ],
  [
    "a server after its end",
    "server.version",
    {
      connection: {
        server: seen({ ...server, version: "14.20", versionNumber: 140_020 }),
      },
    },
    "warn",
    /not supported any more, since 2026-11-12/,
  ],
  [
    "no encoding",
    "server.encoding",
    { connection: { server: seen({ ...server, encoding: "SQL_ASCII" }) } },
    "warn",
    /SQL_ASCII/,
  ],
  [
    "a clock that is ahead",
    "server.clock",
    { connection: { server: seen({ ...server, clockOffsetMs: 95_000 }) } },
    "warn",
    /95 s ahead of/,
  ],
  [
    "a slow network, which makes no wrong clock",
    "server.clock",
    {
      connection: {
        server: seen({ ...server, clockOffsetMs: 2_900, roundTripMs: 2_000 }),
      },
    },
    "pass",
    /agree/,
  ],
  [
    "no TLS to another machine",
    "server.tls",
    { connection: { tls: seen({ version: null }) } },
    "warn",
    /not encrypted/,
  ],
  [
    "TLS that is not verified",
    "server.tls",
    {
      attachment: {
        values: seen({
          host: "db.example.com",
          isLoopback: false,
          sslmode: "require",
        }),
      },
    },
    "warn",
    /identity of db\.example\.com is not verified \(require\)/,
  ],
  [
    "timeouts that a pool has dropped",
    "server.timeouts",
    { connection: { settings: seen([]) } },
    "warn",
    /does not keep the timeouts/,
  ],
  [
    "a session that is not kept read-only",
    "server.readOnly",
    { connection: { settings: seen([]) } },
    "warn",
    /does not keep the sessions read-only/,
  ],
  [
    "a way to become superuser",
    "role.superuser",
    { connection: { role: seen({ ...role, canBecomeSuperuser: true }) } },
    "warn",
    /can become a superuser with SET ROLE/,
  ],
  [
    "BYPASSRLS",
    "role.superuser",
    { connection: { role: seen({ ...role, bypassRls: true }) } },
    "warn",
    /BYPASSRLS/,
  ],
  [
    "a transaction that was left open",
    "server.transactions",
    {
      connection: {
        backends: seen([
          {
            processId: 77,
            state: "idle in transaction",
            transactionSeconds: 400,
            stateSeconds: 390,
            blockedBy: [],
          },
        ]),
      },
    },
    "warn",
    /1 transaction of this session is open and idle, for up to 390 s \(process 77\)/,
  ],
  [
    "a pool that ran dry",
    "server.pool",
    {
      connection: {
        pool: seen({
          max: 4,
          available: 0,
          acquireMode: "try",
          waitMs: 500,
          failures: 3,
        }),
      },
    },
    "warn",
    /3 times there was none left/,
  ],
];
