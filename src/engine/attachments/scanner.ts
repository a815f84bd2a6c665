import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import {
  attachStatement,
  createSecret,
} from "../../core/connections/secretParameters";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import { ViaductError } from "../../core/errors/viaductError";
import type { Connection } from "../duckdb";
import type { Extensions } from "../extensions/extensions";
import type { Limited, LimitsFor } from "./limits";

/** What `Scanner` is made of. */
export interface ScannerParts {
  /** Of its own, so that attaching never waits for a run. */
  readonly control: Connection;
  readonly extensions: Extensions;
  readonly limits: LimitsFor;
}

/** What DuckDB's postgres extension is told about an alias. */
export class Scanner {
  constructor(private readonly parts: ScannerParts) {}

  async load(): Promise<void> {
    await this.parts.extensions.ensure("postgres_scanner");
    // Off by default, and then a table that another session made or changed is not seen (engine-facts, fact 9).
    await this.parts.control
      .run("SET GLOBAL pg_staleness_query_enabled = true")
      .catch(() => undefined);
  }

  async bindSecret(
    name: string,
    values: ConnectionValues,
    attachment: Limited,
  ): Promise<void> {
    const { sql, values: bound } = createSecret(
      name,
      values,
      this.parts.limits("run", attachment),
    );
    await this.parts.control.run(sql, new Map(Object.entries(bound)));
  }

  /** Attaches, anew where the alias is attached; answers the server's version. */
  async attach({ alias, readOnly }: AttachmentSpec): Promise<string> {
    const { control } = this.parts;
    try {
      await this.dropCatalog(alias);
      await control.run(attachStatement(alias, secretName(alias), readOnly));
      const [row] = await control.rows(
        `FROM postgres_query(${quoteLiteral(alias)}, 'SELECT current_setting(''server_version'')')`,
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

  async dropSecret(alias: string): Promise<void> {
    await this.parts.control.run(
      `DROP SECRET IF EXISTS ${quoteIdentifier(secretName(alias))}`,
    );
  }

  async dropCatalog(alias: string): Promise<void> {
    await this.parts.control.run(
      `DETACH DATABASE IF EXISTS ${quoteIdentifier(alias)}`,
    );
  }
}

/** The name of the secret that an alias is attached with. */
export function secretName(alias: string): string {
  return `viaduct_${alias}`;
}
