import { statementKind } from "../../core/sql/statementKind";
import { serverIntent } from "../../core/sql/writes";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ActiveRun } from "../runs/activeRun";
import type { StatementRecorder } from "../runs/statementRecorder";
import type { WriteQuestions } from "../runs/writeQuestions";

/**
 * How a statement may run: `free` as it is, `tried` in a read-only transaction first, because only the server knows
 * whether a view or a prepared statement writes.
 */
export type Permission = "free" | "tried";

/** A statement on a database that may be written to. */
interface Permitting {
  readonly sql: string;
  readonly spec: AttachmentSpec;
  readonly recorder: StatementRecorder;
  readonly run: ActiveRun;
}

/** Asks where a statement writes by its text, or by a function that it calls. Throws what refuses it. */
export async function permission(
  questions: WriteQuestions,
  { sql, spec, recorder, run }: Permitting,
): Promise<Permission> {
  if (!questions.isAsked || run.writable.has(spec.alias.toLowerCase())) {
    return "free";
  }
  const { kind, verb, functions } = serverIntent(sql);
  if (kind === "session") {
    return "free";
  }
  const [writing] =
    kind === "write"
      ? [verb]
      : (
          await run.unlessCancelled(questions.writing(spec.alias, functions))
        ).map((name) => `${verb} ${name}()`);
  if (writing === undefined) {
    // A cursor lives in the transaction that it is made in.
    return statementKind(sql) === "declare" ? "free" : "tried";
  }
  await questions.ask(spec.alias, writing, { run, index: recorder.index });
  return "free";
}

/** Statements that leave nothing in a session that a new connection would not have. */
const stateless = new Set([
  "select",
  "values",
  "table",
  "show",
  "explain",
  "insert",
  "update",
  "delete",
  "merge",
  "truncate",
  "begin",
  "start",
  "commit",
  "rollback",
  "end",
  "abort",
  "savepoint",
  "release",
  "",
]);

/** True when a statement may leave something in its session: settings, temporary tables, locks, prepared statements. */
export function leavesState(sql: string): boolean {
  const { kind, functions } = serverIntent(sql);
  const isQuiet = stateless.has(statementKind(sql)) && functions.length === 0;
  return !isQuiet || (kind === "write" && /\b(?:temp|lock)/i.test(sql));
}
