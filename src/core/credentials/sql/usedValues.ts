import { firstIndex } from "../../collections/firstIndex";
import type { OffsetRange, Report } from "../finding";
import { isCredentialName } from "../keys";
import { matchesOf } from "../matches";
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
const bodyEnd = /\$\w{0,20}\$\s{0,20}(?:;|language\b)/i;

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
  for (const match of uses.size === 0 ? [] : matchesOf(text, declared)) {
    const [whole, key = "", value = ""] = match;
    const end = match.index + whole.length - 1;
    // What is called so is found without its use.
    if (
      !isCredentialName(key) &&
      isUsed(text, end, uses.get(key.toLowerCase()) ?? [])
    ) {
      const range: OffsetRange = { start: end - value.length, end };
      report({ rule: "CS110", range, value, key, place: "comment" });
    }
  }
}

/** True when the first use behind an offset is near, and in the same function. */
function isUsed(text: string, from: number, uses: readonly number[]): boolean {
  const next = firstIndex(uses.length, (each) => (uses[each] ?? 0) > from);
  const use = uses[next] ?? Infinity;
  return use < from + farthest && !bodyEnd.test(text.slice(from, use));
}

/** `format('… PASSWORD %L', a, b)` */
function formatUses(text: string): Use[] {
  const uses: Use[] = [];
  for (const match of matchesOf(text, formatCall)) {
    const [, single, , dollar, rest = ""] = match;
    const names = rest.split(",").map((each) => variable.exec(each)?.[1]);
    for (const { argument } of credentialArguments(single ?? dollar ?? "")) {
      const name = names[argument - 1]?.toLowerCase();
      if (name !== undefined) {
        uses.push({ name, index: match.index });
      }
    }
  }
  return uses;
}

const variable = /^\s{0,40}([a-z_]\w{0,62})\s{0,40}(?:$|\))/i;

/** `'… PASSWORD ' || quote_literal(a)` */
function quotedUses(text: string): Use[] {
  return matchesOf(text, quoted).map(({ 1: name = "", index }) => ({
    name: name.toLowerCase(),
    index,
  }));
}
