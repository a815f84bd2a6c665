import { applyEdits, type Edit } from "../secrecy/edits";
import { isWordPart } from "./chars";
import {
  findParameters,
  parametersOf,
  type Parameter,
  type ParameterUse,
  type SqlDialect,
} from "./parameters";

/** A parameter, and the name under which the engine's own form of the statement has it. */
export interface BoundName extends Parameter {
  /** `name` of `$name`, or `1` of `$1`. */
  readonly bound: string;
}

/** A statement as an engine can bind values to it. */
export interface Bindable {
  readonly sql: string;
  /** What was changed to come to `sql`: leads positions of errors back. */
  readonly edits: readonly Edit[];
  readonly parameters: readonly BoundName[];
}

/** Writes the parameters of a statement as its engine has them; a statement without any stays as it is. */
export function bindable(sql: string, dialect: SqlDialect): Bindable {
  const uses = findParameters(sql, dialect);
  const parameters = parametersOf(uses);
  if (uses.length === 0) {
    return { sql, edits: [], parameters: [] };
  }
  const isOwn = isNatural(uses, dialect);
  const names = isOwn ? naturalNames(parameters) : numbers(parameters);
  const edits = uses
    .map((use) => (isOwn ? naturalEdit(sql, use) : numberEdit(sql, use, names)))
    .filter(({ start, end, text }) => sql.slice(start, end) !== text);
  return {
    sql: applyEdits(sql, edits),
    edits,
    parameters: parameters.map((parameter) => ({
      ...parameter,
      bound: names.get(parameter.key) ?? "",
    })),
  };
}

/** True when DuckDB takes the statement's own names, or numbers, or question marks; it takes no mixture and no gaps. */
function isNatural(
  uses: readonly ParameterUse[],
  dialect: SqlDialect,
): boolean {
  const forms = new Set(uses.map(({ form }) => form));
  if (forms.size > 1) {
    return false;
  }
  if (forms.has("named")) {
    // `$a$b` would open a string.
    return dialect === "duckdb" && uses.every(({ key }) => !key.includes("$"));
  }
  if (forms.has("positional")) {
    return dialect === "duckdb";
  }
  const keys = new Set(uses.map(({ key }) => key));
  return [...keys.keys()].every((_, index) => keys.has(String(index + 1)));
}

function naturalNames(parameters: readonly Parameter[]): Map<string, string> {
  return new Map(parameters.map(({ key }) => [key, key.replace("?", "")]));
}

/** Numbers without gaps: those that are written first, in their order, then the others in the order of their use. */
function numbers(parameters: readonly Parameter[]): Map<string, string> {
  const keys = parameters.map(({ key }) => key);
  const written = keys
    .filter((key) => /^\d/.test(key))
    .sort((a, b) => Number(a) - Number(b));
  const ordered = [...written, ...keys.filter((key) => !/^\d/.test(key))];
  return new Map(ordered.map((key, index) => [key, String(index + 1)]));
}

/** DuckDB's own form, mostly of the same length. */
function naturalEdit(
  sql: string,
  { start, end, form, key }: ParameterUse,
): Edit {
  const written = sql.slice(start, end);
  if (form === "positional") {
    return { start, end, text: written };
  }
  const name = form === "numbered" ? key : written.slice(1);
  return fenced(sql, { start, end, text: `$${name}` });
}

function numberEdit(
  sql: string,
  { start, end, key }: ParameterUse,
  names: ReadonlyMap<string, string>,
): Edit {
  return fenced(sql, { start, end, text: `$${names.get(key) ?? ""}` });
}

/** `LIMIT:n` and `LIMIT?` would become one name, `?AND` one number. */
function fenced(sql: string, { start, end, text }: Edit): Edit {
  const before = isNamePart(sql, start - 1) ? " " : "";
  const after = isNamePart(sql, end) ? " " : "";
  return { start, end, text: before + text + after };
}

function isNamePart(sql: string, at: number): boolean {
  const code = sql.charCodeAt(at);
  return at >= 0 && (isWordPart(code) || code === 0x24);
}
