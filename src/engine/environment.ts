import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { parse } from "dotenv";
import { expand } from "dotenv-expand";
import { findEnvProblem, literalNames } from "../core/connections/envText";
import type { EnvFile } from "../core/connections/envVariables";
import type { FilePlace } from "../core/errors/errorInfo";
import { viaductError } from "../core/errors/makeError";

/** Reads env files. Values stay in this process; names and errors may leave it. */
export class EnvironmentFiles {
  /** The variables of one file. Throws `envFileMissing` or `envFileInvalid`, which name the file and the line. */
  async read(file: string): Promise<ReadonlyMap<string, string>> {
    try {
      return parseEnvText(await readFile(file, "utf8"), file);
    } catch (error) {
      throw fileError(error, file);
    }
  }

  /** The same, with the place of each variable. */
  async readFile(file: string): Promise<EnvFile> {
    try {
      const text = await readFile(file, "utf8");
      return {
        path: file,
        variables: parseEnvText(text, file),
        placeOf: (name) => placeOf(name, text, file),
      };
    } catch (error) {
      throw fileError(error, file);
    }
  }

  /** The same at once: DuckDB calls a scalar function and waits for its answer. */
  readNow(file: string): ReadonlyMap<string, string> {
    try {
      return parseEnvText(readFileSync(file, "utf8"), file);
    } catch (error) {
      throw fileError(error, file);
    }
  }
}

/**
 * The variables of a dotenv text. `${NAME}` and `$NAME` refer to variables of the same file only: the process
 * environment does not leak in, and a password with a `$` that names nothing stays as it is written.
 */
export function parseEnvText(
  text: string,
  file: string,
): ReadonlyMap<string, string> {
  if (text.includes("\0")) {
    throw viaductError(
      "envFileInvalid",
      `The env file ${file} is not UTF-8 text: save it as UTF-8.`,
    );
  }
  const problem = findEnvProblem(text);
  if (problem !== null) {
    throw viaductError(
      "envFileInvalid",
      `Line ${problem.line} of the env file ${file} cannot be read: ${problem.reason}.`,
      { file: { path: file, line: problem.line - 1, column: 0 } },
    );
  }
  const plain = new Map(Object.entries(parse(text)));
  const literal = literalNames(text);
  const result = new Map<string, string>();
  for (const [name, value] of plain) {
    result.set(
      name,
      literal.has(name) ? value : expandValue(name, value, result),
    );
  }
  return result;
}

function expandValue(
  name: string,
  value: string,
  earlier: ReadonlyMap<string, string>,
): string {
  const references = value.matchAll(
    /(?<!\\)\$\{([\w.]+)((?::?[-+])?)[^}]*\}|(?<!\\)\$([A-Za-z_]\w*)/g,
  );
  for (const [, braced, operator, bare] of references) {
    const isKnown =
      earlier.has(braced ?? bare ?? "") ||
      (operator !== undefined && operator !== "");
    if (!isKnown) {
      return value;
    }
  }
  // A new object for each value: `expand` writes what it finds into the environment that it is given.
  const parsed = { ...Object.fromEntries(earlier), [name]: value };
  return (
    expand({ parsed, processEnv: Object.fromEntries(earlier) }).parsed?.[
      name
    ] ?? value
  );
}

/** Where a variable is assigned, the last time when there are several; the beginning of the file when nowhere. */
function placeOf(name: string, text: string, path: string): FilePlace {
  const lines = text.split(/\r\n|\r|\n/);
  const line = lines.findLastIndex(
    (one) => /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)/.exec(one)?.[1] === name,
  );
  return line < 0
    ? { path, line: 0, column: 0 }
    : { path, line, column: (lines[line] ?? "").indexOf(name) };
}

function fileError(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case undefined:
      return error;
    case "ENOENT":
      return viaductError(
        "envFileMissing",
        `The env file ${file} does not exist.`,
      );
    default:
      return viaductError(
        "envFileInvalid",
        `The env file ${file} cannot be read (${code}).`,
      );
  }
}
