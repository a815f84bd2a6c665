import { LineIndex } from "../core/diagnostics/lineIndex";
import { parameterKey, type SqlDialect } from "../core/sql/parameters";
import { isParameterType, valueProblem } from "../core/sql/parameterValue";
import { runParameters } from "../core/sql/runParameters";
import type { Statement } from "../core/sql/statements";
import type { StatementParameter } from "../protocol/parameters";

/** A value that the command line has for a parameter. */
export type CliParameter = Pick<
  StatementParameter,
  "type" | "typeName" | "value"
>;

/** The values of `--param` and `--param-env`, by name; a text says what is wrong with them, without a value. */
export function readParameters(
  given: readonly string[],
  fromEnvironment: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, CliParameter> | string {
  const parameters = new Map<string, CliParameter>();
  for (const [option, text] of [
    ...given.map((text) => ["--param", text] as const),
    ...fromEnvironment.map((text) => ["--param-env", text] as const),
  ]) {
    const equals = text.indexOf("=");
    const left = equals < 0 ? text : text.slice(0, equals);
    const right = equals < 0 ? null : text.slice(equals + 1);
    const colon = left.indexOf(":", 1);
    const name = (colon < 0 ? left : left.slice(0, colon)).replace(/^[$:]/, "");
    if (name === "") return `${option} needs a name: ${option} name=value.`;
    const key = parameterKey(name);
    if (parameters.has(key)) return `The parameter ${name} is given twice.`;
    let value = right;
    if (option === "--param-env") {
      const variable = right ?? name;
      const found = env[variable];
      if (found === undefined) return `The variable ${variable} is not set.`;
      value = found;
    }
    const parameter = typed(colon < 0 ? "" : left.slice(colon + 1), value);
    if (value !== null && valueProblem(parameter.type, value) !== null) {
      return `The value of ${name} is not of the type ${parameter.type}.`;
    }
    parameters.set(key, parameter);
  }
  return parameters;
}

function typed(type: string, value: string | null): CliParameter {
  const name = type.toLowerCase();
  if (value === null) return { type: "null", value };
  if (name === "") return { type: "auto", value };
  return isParameterType(name) && name !== "other" && name !== "null"
    ? { type: name, value }
    : { type: "other", typeName: type, value };
}

/** What the statements of a file run with. */
export interface FileParameters {
  /** By index of the statement; nothing for one without parameters. */
  readonly of: (index: number) => readonly StatementParameter[] | undefined;
  /** What has no value, with its place in the file; empty when nothing is missing. */
  readonly missing: readonly string[];
}

/** Hands the values of the command line to the statements that name them. */
export function fileParameters(
  statements: readonly Statement[],
  dialect: SqlDialect,
  values: ReadonlyMap<string, CliParameter>,
  place: { readonly file: string; readonly text: string },
): FileParameters {
  const found = runParameters(statements, dialect);
  const lines = new LineIndex(place.text);
  const missing = found
    .filter(({ id }) => !values.has(id))
    .map(({ id, label, at }) => {
      const start = statements[at[0]?.statement ?? 0]?.start ?? 0;
      const { line, column } = lines.position(start);
      return `${place.file}:${line + 1}:${column + 1}: the parameter ${label} has no value: give it with --param '${id}=VALUE'.`;
    });
  return {
    missing,
    of: (index) => {
      const parameters = found.flatMap(({ id, at, isSecret }) => {
        const value = values.get(id);
        return value === undefined
          ? []
          : at
              .filter(({ statement }) => statement === index)
              .map(({ key }): StatementParameter => ({
                ...{ key, isSecret },
                ...value,
              }));
      });
      return parameters.length === 0 ? undefined : parameters;
    },
  };
}
