/** A line of an env file that is neither blank, nor a comment, nor `NAME=value`. */
export interface EnvTextProblem {
  /** From 1. */
  readonly line: number;
  /** In words, without any value. */
  readonly reason: string;
}

/**
 * The first malformed line of a dotenv text, or null. dotenv itself skips such lines in silence, so that a typing
 * error would look like a missing variable.
 */
export function findEnvProblem(text: string): EnvTextProblem | null {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (/^\s*(?:#|$)/.test(line)) {
      continue;
    }
    const assignment = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)\s*(.*)$/.exec(
      line,
    );
    if (assignment === null) {
      return { line: index + 1, reason: "it is not of the form NAME=value" };
    }
    const [, name = "", value = ""] = assignment;
    const quote = /^['"`]/.exec(value)?.[0];
    if (quote !== undefined) {
      const last = closingLine(lines, index, value.slice(1), quote);
      if (last < 0) {
        return {
          line: index + 1,
          reason: `the quote of ${name} is not closed`,
        };
      }
      index = last;
    }
  }
  return null;
}

/** Names whose value is written in single quotes, which means literally: no `$` in it is a reference. */
export function literalNames(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const match of text.matchAll(
    /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*|:\s+)'/gm,
  )) {
    found.add(match[1] ?? "");
  }
  return found;
}

function closingLine(
  lines: readonly string[],
  start: number,
  firstRest: string,
  quote: string,
): number {
  let rest = firstRest;
  for (let index = start; index < lines.length; index++) {
    if (index > start) {
      rest = lines[index] ?? "";
    }
    if (rest.replaceAll(`\\${quote}`, "").includes(quote)) {
      return index;
    }
  }
  return -1;
}
