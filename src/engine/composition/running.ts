import { idleTime } from "../attachments/limits";
import { Exactness } from "../exactness/exactness";
import { ServerLookup } from "../exactness/serverLookup";
import { GetenvGate } from "../getenvGate";
import { NativeSessions } from "../native/nativeSessions";
import { DuckdbExecutor } from "../runs/duckdbExecutor";
import { DuckdbStatements } from "../runs/duckdbStatement";
import { Needs } from "../runs/needs";
import { OwnStatements } from "../runs/ownStatements";
import { Runs } from "../runs/runs";
import { SentLog } from "../runs/sentLog";
import { ServerCancel } from "../runs/serverCancel";
import { Servers } from "../runs/servers";
import { StatementGuard } from "../runs/statementGuard";
import { WriteQuestions } from "../runs/writeQuestions";
import { Secrecy } from "../secrecy/secrecy";
import { Snapshots } from "../snapshots/snapshots";
import { StoredVariables } from "../storedVariables";
import type { Base } from "./base";
import type { Connecting } from "./connecting";

/** The parts that run statements. */
export interface Running {
  readonly questions: WriteQuestions;
  readonly native: NativeSessions;
  readonly sentLog: SentLog;
  readonly snapshots: Snapshots;
  readonly runs: Runs;
  readonly storedVariables: StoredVariables;
}

/** Puts them together. */
export async function composeRunning(
  base: Base,
  connecting: Connecting,
): Promise<Running> {
  const { options, connections, store } = base;
  const { attachments, catalogs, limits } = connecting;
  const questions = new WriteQuestions({
    isAsked: options.confirmWrites,
    emit: base.emit,
    attachments,
    volatileFunctions: (alias, names) =>
      catalogs.volatileFunctions(alias, names),
  });
  const native = new NativeSessions({
    attachments,
    store,
    limits: limits.limits,
    questions,
    idleMs: idleTime(options),
  });
  const sentLog = new SentLog(connections.log, () => catalogs.postgresNames());
  const snapshots = new Snapshots(
    connections.snapshots,
    options.snapshotDirectory,
    (alias) => attachments.get(alias)?.values ?? null,
  );
  const storedVariables = new StoredVariables(
    base.redactor,
    options.storedVariables ?? {},
  );
  const duckdb = await composeDuckdb(base, connecting, {
    questions,
    sentLog,
    snapshots,
    storedVariables,
  });
  const runs = new Runs(
    (target) =>
      target.engine === "duckdb" ? duckdb : native.executorFor(target.alias),
    base.emit,
    base.redactor,
    base.journal,
  );
  return { questions, native, sentLog, snapshots, runs, storedVariables };
}

async function composeDuckdb(
  base: Base,
  connecting: Connecting,
  parts: Pick<
    Running,
    "questions" | "sentLog" | "snapshots" | "storedVariables"
  >,
): Promise<DuckdbExecutor> {
  const { redactor, database, connections } = base;
  const { attachments, extensions, limits } = connecting;
  const { sentLog, snapshots } = parts;
  const { run: connection } = connections;
  const gate = new GetenvGate(
    base.preparation.files,
    base.preparation.envFiles,
    process.env,
    redactor,
    parts.storedVariables,
  );
  connection.registerTextFunction("getenv", (name) => gate.answer(name));
  const statements = composeStatements(base, connecting, parts);
  await database.serve({
    connection,
    mustStay: () => statements.isInTransaction,
    onChanged: base.onChanged,
  });
  const servers = new Servers({ connection, database, attachments, snapshots });
  return new DuckdbExecutor({
    connection,
    database,
    statements,
    attachments,
    servers,
    gate,
    secrecy: new Secrecy(connection, redactor),
    sentLog,
    serverCancel: new ServerCancel(
      attachments,
      connections.cancel,
      limits.limits("control", { readOnly: true }),
      limits.nameFor("run"),
    ),
    limits: limits.limits,
    needs: new Needs(servers, extensions),
  });
}

function composeStatements(
  base: Base,
  { attachments, catalogs, extensions, settings }: Connecting,
  { questions, sentLog }: Pick<Running, "questions" | "sentLog">,
): DuckdbStatements {
  const { connections, store, database } = base;
  return new DuckdbStatements({
    connection: connections.run,
    store,
    guard: new StatementGuard({
      connection: connections.run,
      lookup: connections.log,
      attachments,
      questions,
    }),
    questions,
    own: new OwnStatements(extensions, settings, attachments),
    exactness: new Exactness({
      connection: connections.run,
      lookup: connections.log,
      servers: new ServerLookup(catalogs.servers),
    }),
    onCatalogsChanged: async (sql) => {
      await sentLog.enable().catch(() => undefined);
      await attachments.forgetDetached();
      attachments.foreign.note(sql);
      await database.lookAgain();
      base.onChanged();
    },
  });
}
