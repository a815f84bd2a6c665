import type { ShellSecret } from "./shellText";
import { matchesOf } from "./matches";

const said =
  /(?<![\w.$-])(password|passwd|passphrase|pass|pwd|secret(?:[ _]key)?|api[ _]?key|(?:auth |access )?token)\s{0,3}(?::|=|\bis\b|\bist\b)\s{0,3}(?:'([^'\n]{3,80})'|"([^"\n]{3,80})"|`([^`\n]{3,80})`|([^\s'"`,;()]{4,80})(?=\s{0,3}(?:$|\n|[,;)])))/gim;

/** `Password is 'x'` and `password: x` in the prose of a comment. */
export function proseSecrets(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of matchesOf(text, said)) {
    const [whole, key = "", single, double, tick, bare] = match;
    const value = single ?? double ?? tick ?? bare ?? "";
    // A bare word in prose is a value only when it has a form that words do not have.
    if (bare !== undefined && !/\d|[A-Z].*[a-z].*[A-Z]|[^\w.-]/.test(bare)) {
      continue;
    }
    const end = match.index + whole.length - (bare === undefined ? 1 : 0);
    found.push({ range: { start: end - value.length, end }, value, key });
  }
  return found;
}
