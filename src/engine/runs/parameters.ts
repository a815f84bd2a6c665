import type { ErrorInfo } from "../../core/errors/errorInfo";
import { parameterHint, viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import { offsetBefore } from "../../core/secrecy/edits";
import { bindable, type Bindable } from "../../core/sql/bindable";
import {
  duckdbType,
  expectedType,
  normalValue,
  valueProblem,
  type ParameterType,
} from "../../core/sql/parameterValue";
import type { SqlDialect } from "../../core/sql/parameters";
import type { StatementInput } from "../../protocol/engine";
import type { Connection } from "../duckdb";
import type { BoundCell, Prepared } from "../duckdbStatement";

/** A value, and the name under which the engine's form of the statement has it. */
export interface ParameterValue {
  readonly label: string;
  /** `name` of `$name`, or `1` of `$1`. */
  readonly bound: string;
  readonly type: ParameterType;
  readonly typeName: string | undefined;
  /** Null is NULL. */
  readonly value: string | null;
}

/** What DuckDB does not take a parameter in. */
const withoutParameters =
  "A parameter cannot stand here: this kind of statement, or this place in it, needs the value itself.";

/** The parameters of one statement with their values, and the statement as its engine gets it. */
export class Parameters {
  private readonly converted = new Map<string, BoundCell>();

  private constructor(
    private readonly statement: Bindable,
    readonly values: readonly ParameterValue[],
    private readonly secrets: readonly string[],
  ) {}

  /** Throws when a parameter has no value, or one that is none of its type. */
  static of(
    { text, parameters }: StatementInput,
    dialect: SqlDialect,
    redactor: Redactor,
  ): Parameters {
    if (parameters === undefined) {
      return Parameters.none(text);
    }
    const statement = bindable(text, dialect);
    const secrets: string[] = [];
    const values = statement.parameters.map(
      ({ key, label, bound, isSecret }) => {
        const given = parameters.find((one) => one.key === key);
        if (given === undefined) {
          throw viaductError("binder", `The parameter ${label} has no value.`, {
            hint: parameterHint,
          });
        }
        const { type, typeName, value } = given;
        if (value !== null && (isSecret || given.isSecret === true)) {
          redactor.add(value);
          secrets.push(value);
        }
        if (value !== null && valueProblem(type, value) !== null) {
          throw unfit(label, type);
        }
        return {
          label,
          bound,
          type,
          typeName,
          value: value === null ? null : normalValue(type, value),
        };
      },
    );
    return new Parameters(statement, values, secrets);
  }

  /** For a text that goes to the engine as it is. */
  static none(sql: string): Parameters {
    return new Parameters({ sql, edits: [], parameters: [] }, [], []);
  }

  /** The statement as its engine gets it. */
  get sql(): string {
    return this.statement.sql;
  }

  /** True when values are worth hiding. */
  get hasSecrets(): boolean {
    return this.secrets.length > 0;
  }

  get isEmpty(): boolean {
    return this.values.length === 0;
  }

  /** Gives a statement of DuckDB's its values; it may be another one than the user's, about the same parameters. */
  async bindTo(prepared: Prepared, connection: Connection): Promise<void> {
    for (const value of this.values) {
      const index = prepared.parameterIndex(value.bound);
      if (index !== null) {
        await this.bindOne(prepared, connection, value, index);
      }
    }
  }

  /** Values as the extended protocol of PostgreSQL has them, by number. */
  get texts(): readonly (string | null)[] {
    return [...this.values]
      .sort((a, b) => Number(a.bound) - Number(b.bound))
      .map(({ value }) => value);
  }

  /** An error with its place in the statement that the user wrote. */
  atHome(error: ErrorInfo): ErrorInfo {
    if (this.isEmpty || error.position === undefined) {
      return error;
    }
    const position = offsetBefore(this.statement.edits, error.position);
    return error.class === "syntax" && this.isParameter(error.position)
      ? {
          ...error,
          position,
          class: "binder",
          message: withoutParameters,
          hint: valueHint,
        }
      : { ...error, position };
  }

  /** A text without the values of secrets, however short they are. */
  redact(text: string): string {
    return this.secrets.reduce(
      (result, secret) => withoutValue(result, secret),
      text,
    );
  }

  private async bindOne(
    prepared: Prepared,
    connection: Connection,
    { bound, label, type, typeName, value }: ParameterValue,
    index: number,
  ): Promise<void> {
    if (value === null) {
      prepared.bindNull(index);
      return;
    }
    const engineType =
      type === "other"
        ? (typeName ?? "VARCHAR")
        : (duckdbType(type, value) ??
          autoType(prepared.parameterType(index), value));
    const key = `${bound} ${engineType}`;
    const cell =
      this.converted.get(key) ?? (await connection.convert(value, engineType));
    if (cell === null) {
      throw unfit(label, type === "auto" ? engineType : type);
    }
    this.converted.set(key, cell);
    prepared.bind(index, cell);
  }

  private isParameter(position: number): boolean {
    return /^\$\w/.test(this.sql.slice(position));
  }
}

const valueHint = "Write the value into the statement instead of a parameter.";

/** DuckDB refuses parameters in most statements that are no queries: with words of its own for each. */
export function parameterRefusal(): Error {
  return viaductError("binder", withoutParameters, {
    origin: "duckdb",
    hint: valueHint,
  });
}

/** The type of a value that is to be what DuckDB expects; a text where it does not say. */
function autoType(expected: string | null, value: string): string {
  if (expected === null) {
    return "VARCHAR";
  }
  const type = expectedType(expected, value);
  return (
    (valueProblem(type, value) === null ? duckdbType(type, value) : null) ??
    expected
  );
}

function unfit(label: string, type: string): Error {
  return viaductError(
    "conversion",
    `The value of the parameter ${label} is not of the type ${type}.`,
    { hint: "Enter another value, or choose another type for it." },
  );
}

function withoutValue(text: string, secret: string): string {
  if (secret.length >= shortestAnywhere) {
    return text.replaceAll(secret, mask);
  }
  // A short one occurs in ordinary words, too.
  const escaped = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return secret === ""
    ? text
    : text.replace(
        new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "gu"),
        mask,
      );
}

const mask = "•••";
const shortestAnywhere = 4;
