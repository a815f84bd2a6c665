import { viaductError } from "../errors/makeError";
import { readDotenv } from "./dotenvText";
import { findEnvProblem } from "./envText";

/** One variable that is to be added to an env file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
}

/**
 * The text of an env file with variables added at its end; what stands in it is not touched. Throws `envFileInvalid` for
 * a value that no env file can hold, and where a quote that is open would take the new lines in.
 */
export function appendEnv(text: string, entries: readonly EnvEntry[]): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const start =
    text === "" || text === "\uFEFF" || /[\r\n]$/.test(text)
      ? text
      : text + newline;
  const appended =
    start + entries.map((entry) => envAssignment(entry) + newline).join("");
  const problem = findEnvProblem(text);
  if (problem !== null) {
    throw viaductError(
      "envFileInvalid",
      `Line ${problem.line} of the env file cannot be read, so that nothing can be added to it: ${problem.reason}.`,
    );
  }
  return appended;
}

/** Names of the variables that an env file assigns, commented-out ones left out. */
export function envNames(text: string): readonly string[] {
  return [...text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=/gm)].map(
    ([, name = ""]) => name,
  );
}

/**
 * Ways to write a value, the most widely read first; each is right for some values only, and empty for those that it
 * cannot hold. Shells, Docker Compose and dotenv read the first three alike; the others are for dotenv.
 */
const forms: readonly ((value: string) => string)[] = [
  (value) => (/^[\w.-]+$/.test(value) ? value : ""),
  // Single quotes mean literally, a `$` included; what is written raw otherwise has nothing that looks like a variable.
  (value) => quoted(value, "'"),
  (value) => (/[$`\\]/.test(value) ? "" : quoted(value, '"')),
  // Compose reads it, too, but no shell does. Backticks are quotes to dotenv only: a shell would run what is in them.
  (value) => (hasVariable(value) ? "" : bare(value)),
  (value) => (hasVariable(value) ? "" : quoted(value, '"')),
  (value) => (hasVariable(value) ? "" : quoted(value, "`")),
  (value) => quoted(escaped(value).replaceAll("\r", "\\r"), '"'),
  (value) => quoted(escaped(value), "`"),
  (value) => bare(escaped(value)),
];

function quoted(value: string, quote: string): string {
  return value.includes(quote) ? "" : quote + value + quote;
}

function bare(value: string): string {
  return /^[\s'"`]|[#\r\n]|\s$/.test(value) ? "" : value;
}

/** `NAME=value` so that dotenv reads exactly the value; throws for one that no dotenv can hold. */
function envAssignment({ name, value }: EnvEntry): string {
  if (value === "") {
    return `${name}=`;
  }
  const written = forms
    .map((form) => form(value))
    .find((text) => text !== "" && isExact(`${name}=${text}\n`, name, value));
  // A half of a character of two halves is lost when the file is written.
  if (written === undefined || /[\0\uD800-\uDFFF]/u.test(value)) {
    throw viaductError(
      "envFileInvalid",
      `The value of ${name} has a mix of quotes, backslashes or line ends that an env file cannot hold.`,
    );
  }
  return `${name}=${written}`;
}

/** True when a line is read as the value, whatever comes before and after it. */
function isExact(written: string, name: string, value: string): boolean {
  const read = readDotenv(`A_='x'\n${written}Z_='y'\n`);
  const found = read.get(name);
  const isLiteral = written.startsWith(`${name}='`);
  return (
    read.size === 3 &&
    read.get("Z_") === "y" &&
    found !== undefined &&
    (isLiteral ? found : unescaped(found)) === value &&
    findEnvProblem(written) === null
  );
}

function escaped(value: string): string {
  return value.replaceAll("$", "\\$");
}

/** `\$` is how a `$` is kept from naming a variable. */
function unescaped(value: string): string {
  return value.replaceAll("\\$", "$");
}

function hasVariable(value: string): boolean {
  return /\$[A-Za-z_{]|\\\$/.test(value);
}
