import { guideSetting } from "../../core/connections/guideSettings";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { errorInfo } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import { toErrorInfo } from "../../core/errors/viaductError";
import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";
import type { AppliedSetting } from "../../protocol/options";
import type { SessionTimeouts } from "../attachments/limits";
import type { Connection } from "../duckdb";
import type { Extensions } from "../extensions/extensions";
import { redactedError } from "../runs/statementRecorder";
import { timeOf, type SettingTime, type WantedSetting } from "./wantedSettings";

/** What `SessionSettings` is made of. */
export interface SettingParts {
  /** Of the user's statements: some settings hold for one connection. */
  readonly connection: Connection;
  readonly extensions: Pick<Extensions, "ensure">;
  readonly changeTimeouts: (timeouts: Partial<SessionTimeouts>) => void;
  readonly redactor: Redactor;
  /** What Viaduct has set itself, and nobody may set anew. */
  readonly own: Readonly<Record<string, string>>;
  /** Whether the DuckDB file is opened read-only. */
  readonly databaseReadOnly: boolean;
  /** What was said when DuckDB started, and why it could not be said. */
  readonly started: ReadonlyMap<string, ErrorInfo | null>;
}

/** Settings on which the engine itself rests. */
const needed = new Set([
  "errors_as_json",
  "enable_progress_bar_print",
  "lock_configuration",
]);

/** DuckDB's own name for what `viaduct.databaseReadOnly` says. */
const accessMode = "access_mode";

const hint = "Correct or remove the setting; the session goes on without it.";
const mask = "•••";

/** Settings whose value is a secret: those of httpfs and azure from before there were secrets, and others like them. */
const secretSetting =
  /password|token|access_key|key_id|account_key|connection_string|_secret$|_key$/;

/** Applies the settings that somebody wants, one by one: a wrong one is told and stops nothing. */
export class SessionSettings {
  private readonly applied = new Map<WantedSetting, AppliedSetting>();

  constructor(
    private readonly wanted: readonly WantedSetting[],
    private readonly parts: SettingParts,
  ) {}

  /** Applies those whose time it is. */
  async apply(...times: readonly SettingTime[]): Promise<void> {
    for (const setting of this.wanted) {
      if (times.includes(timeOf(setting))) {
        this.applied.set(setting, await this.applyOne(setting));
      }
    }
  }

  /** What came of each, in the order in which they are wanted; and what Viaduct has set itself. */
  async report(): Promise<readonly AppliedSetting[]> {
    const own: AppliedSetting[] = [];
    for (const name of Object.keys(this.parts.own)) {
      own.push({
        name,
        value: await this.read(name),
        origin: "viaduct",
        note: "",
        problem: null,
      });
    }
    const wanted = this.wanted.flatMap(
      (setting) => this.applied.get(setting) ?? [],
    );
    const isWanted = new Set(
      wanted
        .filter(({ problem }) => problem === null)
        .map(({ name }) => name.toLowerCase()),
    );
    return [...wanted, ...own.filter(({ name }) => !isWanted.has(name))];
  }

  private async applyOne(setting: WantedSetting): Promise<AppliedSetting> {
    const { name, value, origin } = setting;
    const known = name.toLowerCase();
    const answer = { name, value: "", origin, note: "", problem: null };
    if (secretSetting.test(known)) {
      this.parts.redactor.add(value);
    }
    const effect = guideSetting(known, value);
    if (effect?.kind === "problem") {
      return { ...answer, problem: placed(effect.problem, setting) };
    }
    try {
      if (effect?.kind === "timeouts") {
        this.parts.changeTimeouts({
          statementTimeoutSeconds: effect.statementTimeoutSeconds,
          ...(effect.connectTimeoutSeconds === null
            ? {}
            : { connectTimeoutSeconds: effect.connectTimeoutSeconds }),
        });
        return {
          ...answer,
          value: String(effect.statementTimeoutSeconds * 1000),
          note: effect.note,
        };
      }
      if (effect !== null) {
        return {
          ...answer,
          value: await this.set(effect.name, effect.value),
          note: effect.note,
        };
      }
      if (known === accessMode) {
        return { ...answer, ...this.accessMode(setting) };
      }
      const refusal = this.refusal(known);
      return refusal === null
        ? { ...answer, value: await this.set(known, value) }
        : {
            ...answer,
            value: await this.read(known),
            problem: placed(refusal, setting),
          };
    } catch (error) {
      return { ...answer, problem: this.problem(error, setting) };
    }
  }

  private refusal(name: string): ErrorInfo | null {
    if (Object.hasOwn(this.parts.own, name) || needed.has(name)) {
      return errorInfo(
        "connectionInvalid",
        `The setting ${name} is Viaduct's own to set, and stays as it is.`,
        {
          hint: "Remove it; where Viaduct has a setting for it, use that.",
          actions: ["openSettings"],
        },
      );
    }
    return this.parts.started.get(name) ?? null;
  }

  /** DuckDB takes it only for the database that an instance begins with, which is none of the user's here. */
  private accessMode(
    setting: WantedSetting,
  ): Pick<AppliedSetting, "value" | "note" | "problem"> {
    const isReadOnly = this.parts.databaseReadOnly;
    const inForce = isReadOnly ? "read_only" : "read_write";
    const wanted = setting.value.trim().toLowerCase();
    if (wanted === inForce || wanted === "automatic") {
      const note = `The setting viaduct.databaseReadOnly decides on it: the DuckDB file is opened ${isReadOnly ? "read-only" : "for reading and writing"}.`;
      return { value: inForce, note, problem: null };
    }
    const problem = errorInfo(
      "connectionInvalid",
      `The setting ${accessMode} is not DuckDB's to take here: how the DuckDB file is opened is said by viaduct.databaseReadOnly, and it is opened ${isReadOnly ? "read-only" : "for reading and writing"}.`,
      {
        hint: `Switch viaduct.databaseReadOnly ${isReadOnly ? "off" : "on"}, and remove ${accessMode}.`,
        actions: ["openSettings"],
      },
    );
    return { value: inForce, note: "", problem: placed(problem, setting) };
  }

  /** Sets it for the session, else for the connection of the user's statements; the value as DuckDB reads it back. */
  private async set(name: string, value: string): Promise<string> {
    const { connection, extensions, started } = this.parts;
    if (!started.has(name)) {
      if (name.startsWith("pg_")) {
        await extensions.ensure("postgres_scanner");
      }
      const words = `${quoteIdentifier(name)} = ${quoteLiteral(value)}`;
      try {
        await connection.run(`SET GLOBAL ${words}`);
      } catch (error) {
        // Those of a connection are no others', and only the second error is about the value.
        const isOwn = await this.isOfConnection(name);
        await connection.run(`SET SESSION ${words}`).catch((own: unknown) => {
          throw isOwn ? own : error;
        });
      }
    }
    return this.read(name);
  }

  private async isOfConnection(name: string): Promise<boolean> {
    const rows = await this.parts.connection.rows(
      "SELECT scope FROM duckdb_settings() WHERE lower(name) = lower($1)",
      [name],
    );
    return rows[0]?.[0] === "LOCAL";
  }

  private async read(name: string): Promise<string> {
    const rows = await this.parts.connection.rows(
      "SELECT value FROM duckdb_settings() WHERE lower(name) = lower($1)",
      [name],
    );
    const value = rows[0]?.[0] ?? "";
    return secretSetting.test(name) && value !== ""
      ? mask
      : this.parts.redactor.redact(value);
  }

  private problem(error: unknown, setting: WantedSetting): ErrorInfo {
    const raw = toErrorInfo(error);
    const info =
      raw.class === "unknown" ? classifyDuckdbError(raw.message) : raw;
    const reason = info.message.split("\n\n")[0] ?? "";
    return redactedError(
      placed(
        {
          ...info,
          message: `The setting ${setting.name} cannot be applied: ${secretSetting.test(setting.name.toLowerCase()) ? "DuckDB refuses it" : reason}`,
          ...(info.class === "extensionMissing"
            ? {}
            : { hint, actions: ["openSettings"] as const }),
        },
        setting,
      ),
      this.parts.redactor,
    );
  }
}

/** A problem where the profile says the setting; one of the editor's settings has its place there. */
function placed(
  problem: ErrorInfo,
  { file, origin }: WantedSetting,
): ErrorInfo {
  const actions =
    origin === "dbt" && !problem.actions.includes("installExtension")
      ? (["openProfile"] as const)
      : problem.actions;
  return { ...problem, actions, ...(file === undefined ? {} : { file }) };
}
