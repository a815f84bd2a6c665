import { firstIndex } from "../../collections/firstIndex";
import type { OffsetRange, Report } from "../finding";
import { isCredentialName, isWeakName } from "../keys";
import { matchesOf } from "../matches";
import { isInQuery } from "../prose";
import { credentialArguments } from "./format";
import { usedVariableSecrets } from "./psql";

/** A variable of PL/pgSQL where a statement takes its value as a credential. */
interface Use {
  readonly name: string;
  readonly index: number;
}

const formatCall =
  /\bformat\s{0,20}\(\s{0,20}(?:'((?:[^']|''){1,400})'|\$(\w{0,20})\$([^$]{1,400})\$\2\$)\s{0,20},([^;]{1,300})/gi;

const quoted =
  /\b(?:password|identified\s{1,20}by)\s{0,20}'\s{0,20}\|\|\s{0,20}quote_(?:literal|nullable)\s{0,20}\(\s{0,20}([a-z_]\w{0,62})\s{0,20}\)/gi;

const declared =
  /\b([a-z_]\w{0,62})\s{1,20}(?:constant\s{1,20})?(?:text|varchar|character\s{1,20}varying|char|name)(?:\s{0,4}\(\d{1,5}\))?\s{0,20}(?:not\s{1,20}null\s{0,20})?(?::=|=|default\b)\s{0,20}(?:coalesce\s{0,4}\([^;\n]{1,200},\s{0,20})?'([^'\n]{1,200})'/gi;

/** Behind it another function stands. */
const bodyEnd = /\$\w{0,20}\$\s{0,20}(?:;|language\b)/gi;

/** Words of a statement, or of a connection string, that gives a credential: a message to people has none. */
const giving =
  /\b(?:create|alter|attach|identified|options|(?:host(?:addr)?|dbname|user|server)\s{0,4}=)/i;

/** Where a `SECRET` or a `TOKEN` is an option, and not what something is called. */
const inOptions =
  /\bcreate\s[^(]{0,60}\bsecret\b[^(]{0,80}\(|\boptions\s{0,4}\(/i;

/** How far behind its declaration a variable is used. */
const farthest = 5000;

/**
 * Values that only their use elsewhere in the text shows to be credentials: variables of psql, and of PL/pgSQL. For a
 * whole document, because those are statements apart.
 */
export function usedSecrets(text: string, report: Report): void {
  usedVariableSecrets(text, report);
  const uses = new Map<string, number[]>();
  const inOrder = [...formatUses(text), ...quotedUses(text)].sort(
    (a, b) => a.index - b.index,
  );
  for (const { index, name } of inOrder) {
    const known = uses.get(name);
    if (known === undefined) {
      uses.set(name, [index]);
    } else {
      known.push(index);
    }
  }
  if (uses.size === 0) {
    return;
  }
  const bodyEnds = matchesOf(text, bodyEnd).map(({ index }) => index);
  for (const match of matchesOf(text, declared)) {
    const [whole, key = "", value = ""] = match;
    const end = match.index + whole.length - 1;
    // What is called so is found without its use.
    if (
      !isCredentialName(key) &&
      isUsed(end, uses.get(key.toLowerCase()) ?? [], bodyEnds)
    ) {
      const range: OffsetRange = { start: end - value.length, end };
      report({ rule: "CS110", range, value, key, place: "comment" });
    }
  }
}

/** True when the first use behind an offset is near, and in the same function. */
function isUsed(
  from: number,
  uses: readonly number[],
  bodyEnds: readonly number[],
): boolean {
  const use = firstBehind(uses, from);
  return use < from + farthest && firstBehind(bodyEnds, from) > use;
}

/** The first of the offsets, which are in order, behind another; infinity for none. */
function firstBehind(offsets: readonly number[], from: number): number {
  const first = firstIndex(
    offsets.length,
    (each) => (offsets[each] ?? 0) > from,
  );
  return offsets[first] ?? Infinity;
}

/** `format('… PASSWORD %L', a, b)` */
function formatUses(text: string): Use[] {
  const uses: Use[] = [];
  for (const match of matchesOf(text, formatCall)) {
    const [, single, , dollar, rest = ""] = match;
    const pattern = single ?? dollar ?? "";
    const given = giving.test(pattern)
      ? credentialArguments(pattern).filter(
          ({ index, key }) =>
            (!isWeakName(key) || inOptions.test(pattern)) &&
            !/:\s{0,4}["']{0,2}$/.test(pattern.slice(0, index)) &&
            !isInQuery(pattern, index),
        )
      : [];
    const names = given.length === 0 ? [] : argumentsOf(rest);
    for (const { argument } of given) {
      const name = variable.exec(names[argument - 1] ?? "")?.[1];
      if (name !== undefined) {
        uses.push({ name: name.toLowerCase(), index: match.index });
      }
    }
  }
  return uses;
}

const variable = /^\s{0,40}([a-z_]\w{0,62})\s{0,40}$/i;

/** The arguments of a call from the first on, as far as they end in the text: commas in calls and strings are theirs. */
function argumentsOf(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length && depth >= 0; at++) {
    const sign = text.charAt(at);
    if (sign === "'") {
      isString = !isString;
    } else if (isString) {
      continue;
    } else if (sign === "(" || sign === "[") {
      depth++;
    } else if (sign === ")" || sign === "]") {
      depth--;
    }
    if (depth < 0 || (depth === 0 && sign === "," && !isString)) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return found;
}

/** `'… PASSWORD ' || quote_literal(a)` */
function quotedUses(text: string): Use[] {
  return matchesOf(text, quoted).map(({ 1: name = "", index }) => ({
    name: name.toLowerCase(),
    index,
  }));
}
