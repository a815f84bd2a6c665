import type { ErrorClass } from "../../core/errors/errorInfo";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import { quoteIdentifier } from "../../core/sql/quote";
import type { SnapshotInfo } from "../../protocol/snapshots";
import type { Attachments } from "../attachments/attachments";
import type { WorkspaceDatabase } from "../database";
import type { Connection } from "../duckdb";
import type { Snapshots } from "../snapshots/snapshots";
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

/** What looks into the catalogs of all databases. */
const everyCatalog =
  /\b(?:show|describe|duckdb_\w+|information_schema|pg_catalog|sql_auto_complete|database_size|pragma)\b/i;

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
  constructor(private readonly parts: ServersParts) {}

  /** True for an error that a server that is gone may have caused. */
  isAbout(errorClass: ErrorClass): boolean {
    return connectionClasses.has(errorClass);
  }

  /** Attaches again what a statement names and what had gone away. Throws why it is still away. */
  async makeReady(sql: string): Promise<void> {
    await this.parts.attachments.bringBack((alias) => mentions(sql, alias));
    await this.refuseSilent(sql);
  }

  /** Detaches the databases that do not answer; of those that statements have attached, the user is told. */
  async detachDead(recorder: StatementRecorder): Promise<string[]> {
    const { attachments } = this.parts;
    const [managed, foreign] = await Promise.all([
      attachments.detachDead(),
      attachments.detachDeadForeign(),
    ]);
    for (const { alias, comesBack } of foreign) {
      const next = comesBack
        ? "it is attached again when a statement names it"
        : "run its ATTACH again when the server is back";
      const message = `"${alias}", which a statement has attached, does not answer and was detached: ${next}.`;
      recorder.notice({ severity: "WARNING", message });
    }
    const lost = [...managed, ...foreign.map(({ alias }) => alias)];
    if (lost.length > 0) {
      await this.leaveLostCatalog();
    }
    return lost;
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
    if (alias === undefined) {
      return null;
    }
    return snapshots.inPlaceOf(alias, async (copies) => {
      recorder.notice({ severity: "WARNING", message: told(alias, copies) });
      return task();
    });
  }

  /** A server that says nothing any more is not waited for; what looks into every catalog goes on without it. */
  private async refuseSilent(sql: string): Promise<void> {
    const { attachments } = this.parts;
    const looksEverywhere = everyCatalog.test(sql);
    const lost = await attachments.detachDead(
      (alias) => looksEverywhere || mentions(sql, alias),
    );
    if (lost.length > 0) {
      await this.leaveLostCatalog();
    }
    const named = lost.find((alias) => mentions(sql, alias));
    const problem =
      named === undefined ? null : attachments.get(named)?.problem;
    if (problem !== null && problem !== undefined) {
      throw new ViaductError(problem);
    }
  }

  /** After `USE alias` of a database that was detached, every statement would fail. */
  private async leaveLostCatalog(): Promise<void> {
    const { connection, database } = this.parts;
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

/** The error of a statement as it is told: that a name is missing in a copy says more when the copy is named. */
export function withoutServer(error: unknown): ViaductError {
  const info = toErrorInfo(error);
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
