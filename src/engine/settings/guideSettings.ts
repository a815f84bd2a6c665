import { guideSetting } from "../../core/connections/guideSettings";
import { serverOptions } from "../../core/connections/secretParameters";
import { viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { quoteLiteral } from "../../core/sql/quote";
import { settingStatement } from "../../core/sql/settingStatement";
import type { Connection } from "../duckdb";
import type { Attachments } from "../attachments/attachments";
import type { SessionLimits } from "../attachments/limits";

/** What `GuideSettings` is made of. */
export interface GuideSettingsParts {
  readonly control: Connection;
  readonly attachments: Attachments;
  readonly limits: SessionLimits;
  /** Loads the postgres extension: its settings exist only then. */
  readonly loadScanner: () => Promise<void>;
}

/**
 * The timeouts of a session, and the settings of the patterns guide that DuckDB does not have: `SET` and `PRAGMA` of
 * these do what the guide means by them.
 */
export class GuideSettings {
  constructor(private readonly parts: GuideSettingsParts) {}

  /**
   * Does what a `SET` or `PRAGMA` of the guide's settings means and answers with a sentence about it; null for any other
   * statement. Throws for a value that makes no sense.
   */
  async perform(sql: string, isInTransaction: boolean): Promise<string | null> {
    const statement = settingStatement(sql);
    const setting =
      statement === null ? null : guideSetting(statement.name, statement.value);
    switch (setting?.kind) {
      case undefined:
        return null;
      case "problem":
        throw new ViaductError(setting.problem);
      case "setting":
        await this.parts.loadScanner();
        await this.parts.control.run(
          `SET GLOBAL ${setting.name} = ${quoteLiteral(setting.value)}`,
        );
        return setting.note;
      case "timeouts": {
        if (isInTransaction) {
          throw viaductError(
            "binder",
            "The timeouts of the servers cannot change inside a transaction: their connections are made anew.",
            { hint: "COMMIT or ROLLBACK first." },
          );
        }
        const { connectTimeoutSeconds, statementTimeoutSeconds } = setting;
        this.parts.limits.change({
          statementTimeoutSeconds,
          ...(connectTimeoutSeconds === null ? {} : { connectTimeoutSeconds }),
        });
        this.tellLibpq();
        await this.parts.attachments.renew();
        await this.renewForeign();
        return setting.note;
      }
    }
  }

  /** Databases that a user's own ATTACH opens have their limits from libpq's environment. */
  tellLibpq(): void {
    const limits = this.parts.limits.limits("run", { readOnly: false });
    // libpq's own default is to wait for ever.
    process.env["PGCONNECT_TIMEOUT"] = String(limits.connectTimeoutSeconds);
    process.env["PGOPTIONS"] = serverOptions(limits);
  }

  /** Connections that are over their lifetime are not used again: the next have the limits of now. */
  private async renewForeign(): Promise<void> {
    const { control, attachments } = this.parts;
    const pools = await control
      .rows(
        "SELECT catalog_name, max_lifetime_millis::VARCHAR FROM postgres_configure_pool()",
      )
      // Without the extension there are no pools.
      .catch(() => []);
    for (const [name, lifetime] of pools) {
      if (
        name !== null &&
        name !== undefined &&
        attachments.get(name) === undefined
      ) {
        await this.expire(name, lifetime ?? "0");
      }
    }
  }

  private async expire(name: string, lifetime: string): Promise<void> {
    const { control } = this.parts;
    const configure = (milliseconds: string): Promise<void> =>
      control.run(
        `FROM postgres_configure_pool(catalog_name := ${quoteLiteral(name)}, max_lifetime_millis := ${milliseconds})`,
      );
    await configure("1");
    try {
      await control.rows(
        `FROM postgres_query(${quoteLiteral(name)}, 'SELECT 1 AS one')`,
      );
    } catch {
      // A server that is away gets a new connection anyway.
    } finally {
      await configure(lifetime);
    }
  }
}
