import { postgresSupport } from "./endOfSupport";
import type {
  AttachmentFacts,
  ConnectionFacts,
  ServerFact,
  TlsFact,
  ValuesFact,
} from "./facts";
import {
  failed,
  judge,
  makeCheck,
  pass,
  skip,
  warn,
  type Verdict,
} from "./makeCheck";
import type { DoctorCheck } from "./report";
import { readOnlySession, timeouts } from "./sessionSettings";

/** The server and the way to it. */
export function serverChecks(
  facts: AttachmentFacts,
  today: string,
): DoctorCheck[] {
  const { alias, connection, values } = facts;
  const check = (id: string, title: string, verdict: Verdict): DoctorCheck =>
    makeCheck({ id: `server.${id}`, subject: alias, title }, verdict);
  const on = (decide: (found: ConnectionFacts) => Verdict): Verdict =>
    connection.ok ? decide(connection.value) : unreached;
  return [
    check(
      "reachable",
      "Server reachable",
      connection.ok ? reachable(connection.value) : failed(connection.problem),
    ),
    check(
      "tls",
      "Encryption (TLS)",
      on(({ tls: found }) =>
        judge(found, (tlsFact) =>
          values.ok ? tls(tlsFact, values.value) : unreached,
        ),
      ),
    ),
    check(
      "version",
      "Server version",
      on(({ server }) => judge(server, (found) => version(found, today))),
    ),
    check(
      "encoding",
      "Encoding",
      on(({ server }) => judge(server, encoding)),
    ),
    check(
      "clock",
      "Clock",
      on(({ server }) => judge(server, clock)),
    ),
    check(
      "timeouts",
      "Timeouts in force",
      on(({ settings }) => judge(settings, (found) => timeouts(found, facts))),
    ),
    check(
      "readOnly",
      "Read-only session",
      on(({ settings }) =>
        judge(settings, (found) => readOnlySession(found, facts)),
      ),
    ),
    check("query", "Connection test through DuckDB", on(query)),
  ];
}

/** Nothing else can be said of a server that does not answer. */
export const unreached: Verdict = skip("The server was not reached.");

/** So long a connect makes every first statement slow. */
const slowMs = 2_000;

function reachable({ connectMs, server }: ConnectionFacts): Verdict {
  const trip = server.ok
    ? `, one round trip ${Math.round(server.value.roundTripMs)} ms`
    : "";
  const text = `Connected in ${Math.round(connectMs)} ms${trip}.`;
  return connectMs > slowMs
    ? warn(`${text} That is slow.`, {
        hint: "Look at network, VPN and DNS: every new connection waits so long.",
      })
    : pass(text);
}

function tls(
  { version: negotiated }: TlsFact,
  { sslmode, isLoopback, host }: ValuesFact,
): Verdict {
  const isVerified = /^verify-/.test(sslmode);
  if (negotiated === null) {
    return isLoopback
      ? pass(`Not encrypted, and it does not leave this machine (${sslmode}).`)
      : warn(`The connection to ${host} is not encrypted (${sslmode}).`, {
          hint: "Enable TLS on the server and choose verify-full: now anybody on the way can read it.",
          fixes: ["chooseSslMode"],
        });
  }
  if (isVerified) {
    return pass(
      `${negotiated}, the server's identity is verified (${sslmode}).`,
    );
  }
  return isLoopback
    ? pass(`${negotiated}, not verified, on this machine (${sslmode}).`)
    : warn(
        `${negotiated}, and the identity of ${host} is not verified (${sslmode}).`,
        {
          hint: "Choose verify-full, with the authority's certificate (sslrootcert): now another server could pose as this one.",
          fixes: ["chooseSslMode"],
        },
      );
}

function version(
  { version: text, versionNumber }: ServerFact,
  today: string,
): Verdict {
  const major = Math.floor(versionNumber / 10_000);
  const { state, end } = postgresSupport(major, today);
  if (major < 14) {
    return warn(
      `PostgreSQL ${text} is too old for parallel scans (14 or newer)${state === "ended" ? `, and not supported any more since ${end}` : ""}.`,
      {
        hint: "Ask for an upgrade; until then large tables are read by one connection.",
      },
    );
  }
  switch (state) {
    case "ended":
      return warn(
        `PostgreSQL ${text} is not supported any more, since ${end}.`,
        { hint: "Ask the server's owner for an upgrade." },
      );
    case "endsSoon":
      return pass(`PostgreSQL ${text}, supported until ${end} only.`);
    case "supported":
      return pass(`PostgreSQL ${text}, supported until ${end}.`);
    case "unknown":
      return pass(`PostgreSQL ${text}.`);
  }
}

function encoding({ encoding: name, database }: ServerFact): Verdict {
  return name === "SQL_ASCII"
    ? warn(
        `The database ${database} has no encoding (SQL_ASCII): texts that are not UTF-8 make scans fail.`,
        {
          hint: "Convert such texts at the source, or move the data to a UTF8 database.",
        },
      )
    : pass(`${name}; texts come as UTF-8.`);
}

/** DuckDB folds now() and CURRENT_DATE here, and sends the value to the server as a filter. */
const clockToleranceMs = 2_000;

function clock({ clockOffsetMs, roundTripMs }: ServerFact): Verdict {
  const off = Math.abs(clockOffsetMs);
  if (off <= clockToleranceMs + roundTripMs / 2) {
    return pass("The server and this machine agree within two seconds.");
  }
  const seconds = Math.round(off / 1000);
  return warn(
    `The server's clock is ${seconds} s ${clockOffsetMs > 0 ? "ahead of" : "behind"} this machine's.`,
    {
      hint: "Synchronise the clocks: DuckDB computes now() and CURRENT_DATE here and filters the server's rows with it.",
    },
  );
}

function query({ throughDuckdb }: ConnectionFacts): Verdict {
  if (throughDuckdb === null) {
    return skip("It is not attached.");
  }
  return throughDuckdb.ok
    ? pass("DuckDB read the server's information_schema.")
    : failed(throughDuckdb.problem);
}
