import { viaductError } from "../errors/makeError";

/** One variable that is to be added to an env file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
}

/** The text of an env file with variables added at its end; what stands in it is not touched. */
export function appendEnv(text: string, entries: readonly EnvEntry[]): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const start = text === "" || text.endsWith("\n") ? text : text + newline;
  return (
    start + entries.map((entry) => envAssignment(entry) + newline).join("")
  );
}

/** Names of the variables that an env file assigns, commented-out ones left out. */
export function envNames(text: string): readonly string[] {
  return [...text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=/gm)].map(
    ([, name = ""]) => name,
  );
}

/**
 * `NAME=value` so that dotenv reads exactly the value: in single quotes, which mean literally; with a single quote in
 * it, in other quotes, where a `$` has to be escaped. Throws for the value that no dotenv can hold.
 */
function envAssignment({ name, value }: EnvEntry): string {
  if (/^[\w.-]+$/.test(value)) {
    return `${name}=${value}`;
  }
  // A backslash before the closing quote would keep it from closing; a `\n` in double quotes is a line break.
  const fits = (quote: string): boolean =>
    !value.includes(quote) && !value.endsWith("\\") && !value.includes("\r");
  if (fits("'")) {
    return `${name}='${value}'`;
  }
  const isPlain = !value.includes("$") && !value.includes("\\");
  for (const quote of ["`", '"']) {
    if (fits(quote) && isPlain) {
      return `${name}=${quote}${value}${quote}`;
    }
  }
  throw viaductError(
    "envFileInvalid",
    `The value of ${name} has a mix of quotes, backslashes or line ends that an env file cannot hold.`,
  );
}
