import { LineIndex } from "../core/diagnostics/lineIndex";
import { errorInfo } from "../core/errors/makeError";
import { lex } from "../core/sql/lexer";
import { errorText, type StatementPlace } from "./runErrors";

/** A line for the shell of psql or DuckDB, such as `\timing` or `.mode csv`, in a file of SQL. */
export interface ShellCommand {
  readonly kind: "shellCommand";
  /** Offset of its backslash or dot. */
  readonly start: number;
  /** `\timing`; what stands behind it may be a secret. */
  readonly name: string;
  /** True when the statements answer the same without it. */
  readonly isHarmless: boolean;
}

/** Commands about how a shell shows things, or that run what is written anyway. */
const harmless = new Set(
  (
    "\\? \\a \\conninfo \\copyright \\echo \\encoding \\errverbose \\f \\g \\gx \\h \\html \\p \\pset \\qecho \\r \\restrict " +
    "\\set \\t \\timing \\unrestrict \\warn \\x " +
    ".echo .header .headers .help .maxrows .mode .nullvalue .print .prompt .separator .timer .width"
  ).split(" "),
);

/** The shell commands of a text, in order. */
export function shellCommands(text: string): ShellCommand[] {
  return lex(text)
    .filter(({ kind }) => kind === "psqlMeta")
    .flatMap(({ start, end }) => {
      const line = text.slice(start, end);
      const name = /^(?:\\(?:[a-z_]+|\S)|\.[a-z]+)/i.exec(line)?.[0];
      return name === undefined
        ? []
        : [
            {
              kind: "shellCommand",
              start,
              name,
              isHarmless: harmless.has(name.toLowerCase()),
            },
          ];
    });
}

/** What is said of it: a warning that it was left out, or the error that ends the run. */
export function shellCommandText(
  { name, isHarmless }: ShellCommand,
  place: StatementPlace,
): string {
  const shell = name.startsWith("\\") ? "psql" : "the DuckDB shell";
  if (isHarmless) {
    const at = new LineIndex(place.text).position(place.start);
    return `viaduct run: ${place.file}:${at.line + 1}:${at.column + 1}: ${name} is a command of ${shell}: left out.\n`;
  }
  const error = errorInfo(
    "syntax",
    `${name} is a command of ${shell}, not SQL: it cannot be run here.`,
    { hint: "Leave the line out, or say the same in SQL." },
  );
  return errorText(error, place);
}
