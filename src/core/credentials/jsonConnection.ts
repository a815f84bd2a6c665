import type { OffsetRange } from "./finding";
import { isCredentialName } from "./keys";
import { matchesOf } from "./matches";

/** A credential among the members of a JSON object. */
interface MemberSecret {
  readonly range: OffsetRange;
  readonly value: string;
  readonly key: string;
  readonly user: string;
}

/** Members that show that a JSON object describes a connection. */
const companion =
  /"(?:host(?:name)?|port|user(?:_?name)?|login|server|dbname|database|endpoint|url|client_?id|account|bucket|region|topics?|connector\.class|bootstrap\.servers)"\s{0,4}:/i;

const member = /"([\w.-]{1,80})"\s{0,4}:\s{0,4}"((?:[^"\n\\]|\\.){1,300})"/g;

/** What describes a value instead of being one, in a schema or an example. */
export const typeWord =
  /^(?:string|str|text|varchar|char|int|integer|number|bool|boolean|object|array|bearer|basic|required|optional|null|none)$/i;

/** `{"host": "h", "user": "u", "password": "x"}`: a connection as JSON. */
export function jsonSecrets(text: string): MemberSecret[] {
  if (!companion.test(text)) {
    return [];
  }
  const found: MemberSecret[] = [];
  const user =
    /"(?:user(?:_?name)?|login)"\s{0,4}:\s{0,4}"([^"\n]*)"/i.exec(text)?.[1] ??
    "";
  for (const match of matchesOf(text, member)) {
    const [whole, key = "", value = ""] = match;
    const isSecret = isCredentialName(key) && !/^token$/i.test(key);
    if (isSecret && !typeWord.test(value) && !isReferred(text, match.index)) {
      const end = match.index + whole.length - 1;
      const range = { start: end - value.length, end };
      found.push({ range, value, key, user });
    }
  }
  return found;
}

/** `{"password": {"secret": "n"}}`, where the inner name begins at `index`: which secret is meant. */
function isReferred(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 100), index).trimEnd();
  if (!before.endsWith("{")) {
    return false;
  }
  const outer = /"([\w.-]{1,80})"\s{0,4}:\s{0,4}\{$/.exec(before)?.[1];
  return outer !== undefined && isCredentialName(outer);
}
