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
  /"(?:host(?:name)?|port|user(?:_?name)?|login|server|dbname|database|endpoint|url|client_?id|account)"\s{0,4}:/i;

const member = /"([\w.-]{1,80})"\s{0,4}:\s{0,4}"((?:[^"\n\\]|\\.){1,300})"/g;

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
    if (isCredentialName(key) && !/^token$/i.test(key)) {
      const end = match.index + whole.length - 1;
      const range = { start: end - value.length, end };
      found.push({ range, value, key, user });
    }
  }
  return found;
}
