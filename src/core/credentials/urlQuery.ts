import type { OffsetRange } from "./finding";
import { matchesOf } from "./matches";

/** A credential among the parameters of a URL. */
interface QuerySecret {
  readonly range: OffsetRange;
  readonly value: string;
  readonly key: string;
}

/** Parameters that hold a credential whatever the URL is; `token` alone may be that of a page. */
const parameter =
  /(?<=[?&])((?:[\w-]{0,40}[_-])?(?:api[_-]?key|access[_-]?token|auth[_-]?token|session[_-]?token|private[_-]?token|motherduck[_-]token|client[_-]?secret|secret[_-]access[_-]key|secret[_-]?key|subscription[_-]key|password|passwd|pwd))=([^\s&#'"`<>;,)\\]+)/gi;

/** `s3://b/x?s3_secret_access_key=k`, `md:d?motherduck_token=k`, `https://h/x?api_key=k` in a text. */
export function querySecrets(text: string): QuerySecret[] {
  const found: QuerySecret[] = [];
  for (const match of matchesOf(text, parameter)) {
    const [whole, key = "", value = ""] = match;
    const before = text.slice(Math.max(0, match.index - 300), match.index);
    const isUrl = /(?:[a-z][\w+.-]*:\/\/|\bmd:)[^\s'"]*$/i.test(before);
    if (isUrl || isOfPath(before, value)) {
      const end = match.index + whole.length;
      found.push({ range: { start: end - value.length, end }, value, key });
    }
  }
  return found;
}

/** `/v1/me?access_token=k7Lp0q2m9X`: a path alone, and a value that is no word; `before` ends where its name begins. */
function isOfPath(before: string, value: string): boolean {
  return (
    isPathQuery(before) &&
    /^(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[^{}$%]{10,}$/.test(value)
  );
}

/** True for a text that ends in the query of a path, before the name of a parameter. */
export function isPathQuery(before: string): boolean {
  return /(?:^|[\s'"`(=])\/[\w./-]{1,200}\?[^\s'"]*$/.test(before);
}
