import type { ErrorClass, ErrorInfo } from "../../core/errors/errorInfo";
import { missesDatabase } from "../../core/errors/classifyDuckdb";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import { leadingWords } from "../../core/results/commandTag";
import { lex } from "../../core/sql/lexer";
import { quoteIdentifier } from "../../core/sql/quote";
import { tokenValue } from "../../core/sql/tokenText";
import type { SnapshotInfo } from "../../protocol/snapshots";
import type { Attachments } from "../attachments/attachments";
import type { WorkspaceDatabase } from "../database";
import type { Connection } from "../duckdb";
import type { Snapshots } from "../snapshots/snapshots";
import type { ActiveRun } from "./activeRun";
import { mentions } from "./mentions";
import type { StatementRecorder } from "./statementRecorder";

/** Errors after which it is worth looking whether a server is gone. */
const connectionClasses: ReadonlySet<ErrorClass> = new Set([
  "connectionLost",
  "connectionRefused",
  "connectTimeout",
  "hostUnknown",
  "incomplete",
  "authenticationFailed",
  "databaseMissing",
  "tlsRefused",
  "tlsUnverified",
]);

/** Errors of a server that is not there, and not of who wants to connect. */
const awayClasses: ReadonlySet<ErrorClass> = new Set([
  "connectionLost",
  "connectionRefused",
  "connectTimeout",
  "hostUnknown",
]);

const copiesHint =
  "A table with a local copy (Keep Local Copy, in its menu in the tree) can be read while its server is away.";

/** What looks into the catalogs of all databases. */
const everyCatalog =
  /\b(?:show|describe|duckdb_\w+|information_schema|pg_catalog|sql_auto_complete|database_size|pragma)\b/i;

/** Statements that give a name to a database, or take it away. */
const changesAliases: ReadonlySet<string> = new Set(["ATTACH", "DETACH"]);

/** Statements that outlive a copy that stands in, or that ask what there is on the server. */
const notOfCopies = new Set([
  ...changesAliases,
  "USE",
  "SET",
  "SHOW",
  "PRAGMA",
  "CALL",
  "PREPARE",
]);

/** True for a statement that copies of tables cannot answer: they are neither the server nor all that it has. */
function isAboutServer(sql: string): boolean {
  return (
    notOfCopies.has(leadingWords(sql, 1)[0] ?? "") ||
    lex(sql).some(
      (token) =>
        (token.kind === "word" || token.kind === "quotedIdentifier") &&
        /^(?:duckdb_\w+|information_schema|pg_catalog|postgres_\w+|sql_auto_complete)$/i.test(
          tokenValue(sql, token),
        ),
    )
  );
}

/** What `Servers` is made of. */
export interface ServersParts {
  /** The user's. */
  readonly connection: Connection;
  readonly database: WorkspaceDatabase;
  readonly attachments: Attachments;
  readonly snapshots: Snapshots;
}

/** The servers behind the attached databases as a statement meets them: they go away, come back, or are stood in for. */
export class Servers {
  /** A database was detached that the user's connection may be in. */
  private mayBeLost = false;

  constructor(private readonly parts: ServersParts) {}

  /** True for an error that a server that is gone may have caused. */
  isAbout(errorClass: ErrorClass): boolean {
    return connectionClasses.has(errorClass);
  }

  /** Attaches again what a statement names and what had gone away. Throws why it is still away. */
  async makeReady(sql: string, run: ActiveRun): Promise<void> {
    await this.waitFor(sql, run);
    await this.leaveLostCatalog();
    if (changesAliases.has(leadingWords(sql, 1)[0] ?? "")) {
      // It is about the name, which can be another database's from now on, and not about what is behind it.
      return;
    }
    const { attachments } = this.parts;
    // DuckDB would wait for connections that have died without a word; a new ATTACH has new ones.
    await run.unlessCancelled(
      attachments.foreign.detachDead(
        (alias, comesBack) => comesBack && mentions(sql, alias),
      ),
    );
    await run.unlessCancelled(
      attachments.bringBack((alias) => mentions(sql, alias)),
    );
    await this.refuseSilent(sql, run);
  }

  /** True when a database is there now that an error has missed by its name. Throws why it is still away. */
  async fetchMissing(error: ErrorInfo, run: ActiveRun): Promise<boolean> {
    const { attachments } = this.parts;
    const isMissing = (alias: string): boolean => missesDatabase(error, alias);
    if (attachments.attempts.busy.some(isMissing)) {
      await run.unlessCancelled(attachments.attempts.settled(isMissing));
      return true;
    }
    if (attachments.awayAliases.some(isMissing)) {
      await attachments.bringBack(isMissing);
      return true;
    }
    return false;
  }

  /** What is being attached is waited for by what is about it, and by what looks into every catalog. */
  private waitFor(sql: string, run: ActiveRun): Promise<void> {
    const looksEverywhere = everyCatalog.test(sql);
    return run.unlessCancelled(
      this.parts.attachments.attempts.settled(
        (alias) => looksEverywhere || mentions(sql, alias),
      ),
    );
  }

  /** Detaches the databases that do not answer; of those that statements have attached, the user is told. */
  async detachDead(
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<string[]> {
    const { attachments } = this.parts;
    const [managed, foreign] = await run.unlessCancelled(
      Promise.all([
        this.noted(attachments.detachDead()),
        this.noted(attachments.foreign.detachDead()),
      ]),
    );
    for (const { alias, comesBack } of foreign) {
      const next = comesBack
        ? "it is attached again when a statement names it"
        : "run its ATTACH again when the server is back";
      const message = `"${alias}", which a statement has attached, does not answer and was detached: ${next}.`;
      recorder.notice({ severity: "WARNING", message });
    }
    await this.leaveLostCatalog();
    return [...managed, ...foreign.map(({ alias }) => alias)];
  }

  /** False where the server is there and lets nobody in: with another password it would answer. */
  mayStandIn({ class: errorClass }: ErrorInfo): boolean {
    return awayClasses.has(errorClass);
  }

  /**
   * Runs a task while local copies stand in for the databases that a statement names and that are away, and says so;
   * null when there is none with copies.
   */
  async withCopies<T>(
    sql: string,
    recorder: StatementRecorder,
    task: () => Promise<T>,
  ): Promise<T | null> {
    const { attachments, snapshots } = this.parts;
    const alias = attachments.awayAliases.find((name) => mentions(sql, name));
    if (alias === undefined || isAboutServer(sql)) {
      return null;
    }
    return snapshots.inPlaceOf(alias, (copies) => {
      recorder.notice({ severity: "WARNING", message: told(alias, copies) });
      return task();
    });
  }

  /** The error of a statement whose server is away, and for which nothing could stand in: says what would. */
  hintAtCopies(problem: ErrorInfo, sql: string): ErrorInfo {
    const { attachments, snapshots } = this.parts;
    const isAway =
      awayClasses.has(problem.class) &&
      attachments.awayAliases.some((alias) => mentions(sql, alias));
    return isAway && snapshots.canKeep
      ? { ...problem, hint: `${problem.hint} ${copiesHint}` }
      : problem;
  }

  /** A server that says nothing any more is not waited for; what looks into every catalog goes on without it. */
  private async refuseSilent(sql: string, run: ActiveRun): Promise<void> {
    const { attachments } = this.parts;
    const looksEverywhere = everyCatalog.test(sql);
    const lost = await run.unlessCancelled(
      this.noted(
        attachments.detachDead(
          (alias) => looksEverywhere || mentions(sql, alias),
        ),
      ),
    );
    await this.leaveLostCatalog();
    const named = lost.find((alias) => mentions(sql, alias));
    const problem =
      named === undefined ? null : attachments.get(named)?.problem;
    if (problem !== null && problem !== undefined) {
      throw new ViaductError(problem);
    }
  }

  /** Remembers that databases were detached, also when the statement that was waiting for it is cancelled by then. */
  private async noted<T>(
    detaching: Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    const lost = await detaching;
    this.mayBeLost ||= lost.length > 0;
    return lost;
  }

  /** After `USE alias` of a database that was detached, every statement would fail. */
  private async leaveLostCatalog(): Promise<void> {
    const { connection, database } = this.parts;
    if (!this.mayBeLost) {
      return;
    }
    this.mayBeLost = false;
    await connection
      .rows("SELECT current_database()::VARCHAR")
      .catch(() => connection.run(`USE ${quoteIdentifier(database.usable)}`));
  }
}

/** Whose rows these are, and how old. */
function told(alias: string, copies: readonly SnapshotInfo[]): string {
  const list = copies
    .map(
      ({ schema, relation, takenAt }) => `${schema}.${relation} (${takenAt})`,
    )
    .join(", ");
  return `"${alias}" is not reachable: its rows come from the local copy of ${list}. Changes on the server since then are not in it.`;
}

/**
 * The error of a statement as it is told, `problem` being that of the server: that a name is missing in a copy says more
 * when the copy is named, and that a copy cannot be changed says nothing.
 */
export function withoutServer(
  error: unknown,
  problem: ErrorInfo,
): ViaductError {
  const info = toErrorInfo(error);
  if (info.class === "readOnly") {
    return new ViaductError(problem);
  }
  return new ViaductError(
    info.class === "catalog"
      ? {
          ...info,
          hint: "The server is not reachable, and only the tables with a local copy can be read.",
          actions: ["reconnect"],
        }
      : info,
  );
}
