import type { Client } from "pg";
import { leadingWords } from "../../core/results/commandTag";
import { splitStatements } from "../../core/sql/statements";
import { lastingEffect, serverIntent } from "../../core/sql/writes";
import { effectRefusal } from "../runs/readOnlyGuard";
import { isReadOnlyRefusal } from "./nativeErrors";
import type { Permission } from "./nativePermission";
import type { SessionClient } from "./sessionClient";

/**
 * What a read-only transaction does not refuse by itself: COPY … TO a file or a program, messages to other sessions, and
 * maintenance that locks tables and writes them anew; ANALYZE, which the doctor advises, does neither.
 */
const lastingVerbs = new Set([
  ...["COPY", "NOTIFY", "CHECKPOINT", "LOAD"],
  ...["REINDEX", "CLUSTER", "VACUUM"],
]);

/** Statements that begin or end a transaction: on a read-only attachment each statement has one of its own. */
const transactionWords = new Set([
  "BEGIN",
  "START",
  "COMMIT",
  "END",
  "ROLLBACK",
  "ABORT",
  "SAVEPOINT",
  "RELEASE",
]);

/** The word of a statement that only begins or ends a transaction; null for any other. */
export function transactionWord(sql: string): string | null {
  const [word = ""] = leadingWords(sql, 1);
  return transactionWords.has(word) && splitStatements(sql).length < 2
    ? word
    : null;
}

/** Throws `readOnly` for what outlives a read-only transaction: advisory locks, files of the server's, other servers. */
export function refuseEffects(sql: string): Permission {
  const { kind, verb } = serverIntent(sql);
  const effect =
    lastingEffect(sql) ??
    (kind === "write" && lastingVerbs.has(verb) ? verb : undefined);
  if (effect !== undefined) {
    throw effectRefusal(effect);
  }
  return "free";
}

/** How a statement may run, and how to ask when the server finds out that it writes. */
interface Allowance {
  readonly session: SessionClient;
  readonly how: Permission | "readOnly";
  readonly ask: () => Promise<void>;
}

/** Runs what may run: in a read-only transaction where nothing may be written, or where that shows whether it is. */
export async function allowed<T>(
  task: () => Promise<T>,
  { session, how, ask }: Allowance,
): Promise<T> {
  if (how === "readOnly") {
    return inReadOnly(task, session.client);
  }
  if (how === "free" || session.status === "E") {
    return task();
  }
  try {
    return await tried(task, session);
  } catch (error) {
    if (!isReadOnlyRefusal(error)) {
      throw error;
    }
    await ask();
    return task();
  }
}

/** Runs a query in a read-only transaction; in one of the user's, in a read-only part of it. */
async function tried<T>(
  task: () => Promise<T>,
  { client, status }: SessionClient,
): Promise<T> {
  if (status !== "T") {
    return inReadOnly(task, client);
  }
  await client.query("SAVEPOINT viaduct; SET TRANSACTION READ ONLY");
  try {
    const done = await task();
    await client.query("RELEASE viaduct");
    return done;
  } catch (error) {
    if (isReadOnlyRefusal(error)) {
      await client.query("ROLLBACK TO viaduct; RELEASE viaduct");
    }
    throw error;
  }
}

/** A transaction that has taken its snapshot cannot be made read-write any more, whatever the statement says. */
async function inReadOnly<T>(
  task: () => Promise<T>,
  client: Client,
): Promise<T> {
  try {
    await client.query("BEGIN READ ONLY; SELECT 1");
    const done = await task();
    await client.query("COMMIT");
    return done;
  } catch (error) {
    // A session whose transaction would stay open is not used again.
    await client.query("ROLLBACK").catch(() => client.end());
    throw error;
  }
}
