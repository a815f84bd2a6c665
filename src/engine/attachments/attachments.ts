import { checkAlias, quoteName } from "../../core/connections/alias";
import type {
  AttachmentSpec,
  EnvFileSource,
} from "../../core/connections/attachment";
import {
  connectionValues,
  type ConnectionValues,
} from "../../core/connections/connectionValues";
import {
  attachStatement,
  createSecret,
  type ConnectionLimits,
} from "../../core/connections/secretParameters";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import { ViaductError } from "../../core/errors/viaductError";
import type { Connection } from "../duckdb";
import type { EnvironmentFiles } from "../environment";
import type { Extensions } from "../extensions";
import { openClient } from "../native/connect";
import { Serial } from "../serial";

/** An alias that Viaduct attached, and what it takes to attach it again. */
export interface Attachment {
  readonly spec: AttachmentSpec;
  readonly values: ConnectionValues;
  readonly serverVersion: string;
  /** Null while it is attached; otherwise why it is not. */
  readonly problem: ErrorInfo | null;
}

/** What `Attachments` is made of. */
export interface AttachmentParts {
  /** Of its own, so that attaching never waits for a run. */
  readonly control: Connection;
  readonly extensions: Extensions;
  readonly files: EnvironmentFiles;
  readonly redactor: Redactor;
  /** Limits of a connection for a purpose; the purpose is a part of the `application_name`. */
  readonly limits: (
    purpose: "run" | "catalog" | "control" | "native",
    readOnly: boolean,
  ) => ConnectionLimits;
  readonly onChanged: () => void;
}

/** Attaches PostgreSQL databases, notices when they go away and brings them back. */
export class Attachments {
  private readonly byAlias = new Map<string, Attachment>();
  private readonly working = new Serial();

  constructor(private readonly parts: AttachmentParts) {}

  get all(): readonly Attachment[] {
    return [...this.byAlias.values()];
  }

  /** True while a database is attached that must not be written to. */
  get hasReadOnly(): boolean {
    return this.all.some(({ spec }) => spec.readOnly);
  }

  /** Aliases are case-insensitive, as catalogs are in DuckDB. */
  get(alias: string): Attachment | undefined {
    return this.byAlias.get(alias.toLowerCase());
  }

  /** The attachment, or `attachmentMissing`. */
  need(alias: string): Attachment {
    const attachment = this.get(alias);
    if (attachment === undefined) {
      throw viaductError(
        "attachmentMissing",
        `No database is attached as "${alias}".`,
      );
    }
    return attachment;
  }

  /** Attaches, or attaches anew with values read again. */
  attach(spec: AttachmentSpec): Promise<Attachment> {
    return this.working.run(async () => {
      checkAlias(spec.alias);
      const values = await this.readValues(spec.source);
      await this.refuseForeignName(spec.alias);
      await this.loadScanner();
      await this.bindSecret(secretName(spec.alias), values, spec.readOnly);
      const serverVersion = await this.connect(spec);
      const attachment: Attachment = {
        spec,
        values,
        serverVersion,
        problem: null,
      };
      this.byAlias.set(spec.alias.toLowerCase(), attachment);
      this.parts.onChanged();
      return attachment;
    });
  }

  /** Detaches; what is not attached is not an error. */
  detach(alias: string): Promise<void> {
    return this.working.run(async () => {
      const attachment = this.get(alias);
      await this.dropCatalog(attachment?.spec.alias ?? alias);
      if (attachment !== undefined) {
        this.byAlias.delete(alias.toLowerCase());
        await this.parts.control.run(
          `DROP SECRET IF EXISTS ${quoteName(secretName(attachment.spec.alias))}`,
        );
      }
      this.parts.onChanged();
    });
  }

  /** A temporary secret with a name that the user's own ATTACH can use. */
  async createSecret(name: string, source: EnvFileSource): Promise<void> {
    const values = await this.readValues(source);
    await this.loadScanner();
    await this.bindSecret(name, values, false);
  }

  /** Attaches an unreachable alias again with the values that are known. Throws why it still does not work. */
  revive(alias: string): Promise<void> {
    return this.working.run(async () => {
      const attachment = this.need(alias);
      if (attachment.problem !== null) {
        const serverVersion = await this.connect(attachment.spec);
        this.byAlias.set(alias.toLowerCase(), {
          ...attachment,
          serverVersion,
          problem: null,
        });
        this.parts.onChanged();
      }
    });
  }

  /**
   * Looks which servers do not answer and detaches them: one dead catalog makes DuckDB fail even for local tables
   * (engine-facts, fact 6). Returns the aliases that were lost.
   */
  detachDead(): Promise<string[]> {
    return this.working.run(async () => {
      const lost: string[] = [];
      for (const attachment of this.all.filter(
        ({ problem }) => problem === null,
      )) {
        const problem = await this.ping(attachment);
        if (problem !== null) {
          await this.dropCatalog(attachment.spec.alias).catch(() => undefined);
          this.byAlias.set(attachment.spec.alias.toLowerCase(), {
            ...attachment,
            problem,
          });
          lost.push(attachment.spec.alias);
        }
      }
      if (lost.length > 0) {
        this.parts.onChanged();
      }
      return lost;
    });
  }

  /** Forgets aliases that a DETACH of the user's has removed. */
  forgetDetached(): Promise<void> {
    return this.working.run(async () => {
      const rows = await this.parts.control.rows(
        "SELECT lower(database_name) FROM duckdb_databases()",
      );
      const present = new Set(rows.map(([name]) => name));
      for (const { spec, problem } of this.all) {
        const key = spec.alias.toLowerCase();
        if (problem === null && !present.has(key)) {
          this.byAlias.delete(key);
        }
      }
    });
  }

  /** Makes the extension look at the servers' schemas anew. */
  async clearCache(): Promise<void> {
    await this.parts.control
      .run("CALL pg_clear_cache()")
      .catch(() => undefined);
  }

  private async ping({ values, spec }: Attachment): Promise<ErrorInfo | null> {
    try {
      const client = await openClient(
        values,
        this.parts.limits("control", spec.readOnly),
      );
      await client.end();
      return null;
    } catch (error) {
      return error instanceof ViaductError ? error.info : null;
    }
  }

  private async loadScanner(): Promise<void> {
    await this.parts.extensions.ensure("postgres_scanner");
    // Off by default, and then a table that another session made or changed is not seen (engine-facts, fact 9).
    await this.parts.control
      .run("SET GLOBAL pg_staleness_query_enabled = true")
      .catch(() => undefined);
  }

  private async readValues(source: EnvFileSource): Promise<ConnectionValues> {
    const values = connectionValues(
      await this.parts.files.read(source.file),
      source.prefix,
      source.file,
    );
    this.parts.redactor.add(values.password, [
      values.user,
      values.database,
      values.host,
    ]);
    return values;
  }

  private async bindSecret(
    name: string,
    values: ConnectionValues,
    readOnly: boolean,
  ): Promise<void> {
    const { sql, values: bound } = createSecret(
      name,
      values,
      this.parts.limits("run", readOnly),
    );
    await this.parts.control.run(sql, new Map(Object.entries(bound)));
  }

  private async connect({ alias, readOnly }: AttachmentSpec): Promise<string> {
    const { control } = this.parts;
    try {
      await this.dropCatalog(alias);
      await control.run(attachStatement(alias, secretName(alias), readOnly));
      const [row] = await control.rows(
        `FROM postgres_query('${alias.replaceAll("'", "''")}', 'SELECT current_setting(''server_version'')')`,
      );
      return row?.[0]?.split(" ")[0] ?? "";
    } catch (error) {
      throw new ViaductError(
        classifyDuckdbError(
          error instanceof Error ? error.message : String(error),
        ),
      );
    }
  }

  private async dropCatalog(alias: string): Promise<void> {
    await this.parts.control.run(
      `DETACH DATABASE IF EXISTS ${quoteName(alias)}`,
    );
  }

  private async refuseForeignName(alias: string): Promise<void> {
    if (this.get(alias) !== undefined) {
      return;
    }
    const taken = await this.parts.control.rows(
      "SELECT database_name FROM duckdb_databases() WHERE lower(database_name) = lower($1)",
      [alias],
    );
    if (taken.length > 0) {
      throw viaductError(
        "aliasInvalid",
        `There is already a database called "${alias}" in this session.`,
      );
    }
  }
}

function secretName(alias: string): string {
  return `viaduct_${alias}`;
}
