import { quoteIdentifier } from "../sql/quote";
import type {
  AttachmentFacts,
  ConnectionFacts,
  OwnBackend,
  StaleTable,
} from "./facts";
import {
  counted,
  judge,
  makeCheck,
  namesOf,
  pass,
  sizeText,
  skip,
  warn,
  type Verdict,
} from "./makeCheck";
import type { DoctorCheck } from "./report";
import { unreached } from "./serverChecks";

/** What goes on at the server on our behalf, and what slows it down. */
export function activityChecks(facts: AttachmentFacts): DoctorCheck[] {
  const { alias, connection } = facts;
  const check = (id: string, title: string, verdict: Verdict): DoctorCheck =>
    makeCheck({ id: `server.${id}`, subject: alias, title }, verdict);
  const on = (decide: (found: ConnectionFacts) => Verdict): Verdict =>
    connection.ok ? decide(connection.value) : unreached;
  return [
    check(
      "statistics",
      "Statistics for parallel scans",
      on(({ stale }) => judge(stale, statistics)),
    ),
    check("pool", "Connection pool", on(pool)),
    check(
      "transactions",
      "Our transactions",
      on(({ backends }) => judge(backends, transactions)),
    ),
    check(
      "locks",
      "Locks",
      on(({ backends }) => judge(backends, locks)),
    ),
  ];
}

const shown = 5;

function statistics(stale: readonly StaleTable[]): Verdict {
  if (stale.length === 0) {
    return pass("Large tables have statistics.");
  }
  const names = stale
    .slice(0, shown)
    .map(
      ({ schema, name, bytes, neverAnalyzed }) =>
        `${schema}.${name} (${sizeText(bytes)}, ${neverAnalyzed ? "never analyzed" : "grown since"})`,
    );
  return warn(
    `DuckDB takes ${counted(stale.length, "large table")} for small and reads them with one connection: ${namesOf(names, stale.length)}.`,
    {
      hint: "Run ANALYZE on them: parallel scans are planned from their number of pages.",
      sql: stale
        .map(
          ({ schema, name }) =>
            `ANALYZE ${quoteIdentifier(schema)}.${quoteIdentifier(name)};`,
        )
        .join("\n"),
    },
  );
}

function pool({ pool: fact, backends }: ConnectionFacts): Verdict {
  if (fact === null) {
    return skip("It is not attached: DuckDB has no connections to it.");
  }
  return judge(fact, (found) => {
    const open = backends.ok ? backends.value.length : null;
    const use = `${open === null ? "" : `${counted(open, "connection")} of this session open, `}${found.available} of them free in DuckDB's pool, which keeps at most ${found.max}`;
    if (found.failures > 0) {
      return warn(`${use}; ${found.failures} times there was none left.`, {
        hint: "Raise the pool size, or run fewer statements at a time.",
        fixes: ["openSettings"],
      });
    }
    return pass(
      `${use} (${found.acquireMode}; waits up to ${found.waitMs / 1000} s).`,
    );
  });
}

/** A snapshot that is held for so long keeps the server from tidying up. */
const longSeconds = 300;
const idleSeconds = 30;

function transactions(backends: readonly OwnBackend[]): Verdict {
  const open = backends.filter(
    ({ transactionSeconds }) => transactionSeconds !== null,
  );
  const idle = open.filter(
    ({ state, stateSeconds }) =>
      /^idle in transaction/.test(state) && stateSeconds >= idleSeconds,
  );
  const long = open.filter(
    ({ transactionSeconds }) => (transactionSeconds ?? 0) >= longSeconds,
  );
  const hint =
    "COMMIT or ROLLBACK what you began: an open transaction holds its locks and an old snapshot on the server.";
  if (idle.length > 0) {
    const most = Math.max(...idle.map(({ stateSeconds }) => stateSeconds));
    return warn(
      `${counted(idle.length, "transaction")} of this session ${idle.length === 1 ? "is" : "are"} open and idle, for up to ${Math.round(most)} s (process ${idle.map(({ processId }) => processId).join(", ")}).`,
      { hint },
    );
  }
  if (long.length > 0) {
    return warn(
      `${counted(long.length, "transaction")} of this session ${long.length === 1 ? "has" : "have"} been open for more than ${longSeconds / 60} minutes (process ${long.map(({ processId }) => processId).join(", ")}).`,
      { hint },
    );
  }
  return pass(
    open.length === 0
      ? "No transaction of this session is open."
      : `${counted(open.length, "transaction")} of this session open, none for long.`,
  );
}

function locks(backends: readonly OwnBackend[]): Verdict {
  const waiting = backends.filter(({ blockedBy }) => blockedBy.length > 0);
  if (waiting.length === 0) {
    return pass("No statement of this session waits for a lock.");
  }
  const texts = waiting.map(
    ({ processId, blockedBy }) =>
      `process ${processId} waits for ${blockedBy.join(", ")}`,
  );
  return warn(
    `Statements of this session wait for locks: ${texts.join("; ")}.`,
    {
      hint: "Wait for the other session to end its transaction, or ask its owner; the SQL shows what it does.",
      sql: `SELECT pid, usename, state, xact_start, query FROM pg_stat_activity WHERE pid IN (${[...new Set(waiting.flatMap(({ blockedBy }) => blockedBy))].join(", ")});`,
    },
  );
}
