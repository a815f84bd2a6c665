import { detachedDatabase } from "../../core/sql/namedObjects";
import type { Attachments } from "../attachments/attachments";
import type { GuideSettings } from "../settings/guideSettings";
import type { Extensions } from "../extensions/extensions";
import type { StatementRecorder } from "./statementRecorder";

/** Statements that Viaduct carries out itself, because DuckDB would do something else or nothing. */
export class OwnStatements {
  constructor(
    private readonly extensions: Extensions,
    private readonly settings: GuideSettings,
    private readonly attachments: Attachments,
  ) {}

  /** Carries a statement out; its command tag, or null when it is DuckDB's to run. */
  async perform(
    sql: string,
    recorder: StatementRecorder,
    isInTransaction: boolean,
  ): Promise<string | null> {
    const told = (notice: string | null): void => {
      if (notice !== null) {
        recorder.notice({ severity: "INFO", message: notice });
      }
    };
    // INSTALL looks through every repository, and is content with what DuckDB has inside.
    const installed = await this.extensions.installAsWritten(sql);
    if (installed !== null) {
      told(installed.notice);
      return "INSTALL";
    }
    // DuckDB does not have a database whose server is away, and it would come back when it is named.
    const detached = detachedDatabase(sql) ?? "";
    if ((this.attachments.get(detached)?.problem ?? null) !== null) {
      await this.attachments.detach(detached);
      return "DETACH";
    }
    const note = await this.settings.perform(sql, isInTransaction);
    told(note);
    return note === null ? null : "SET";
  }
}
