import type { Literal, SqlView } from "./view";

/** True for what pgsodium calls the key that it is given. */
export function isRawKey(name: string): boolean {
  return name.length === 7 && /^raw_key$/i.test(name);
}

/** How far before its argument the name of a function is looked for. */
const longestCall = 40;

/** True for the key that pgsodium is given, or one that can be nothing else: others call the text of any key so. */
export function isOfSodium(
  view: SqlView,
  index: number,
  { value }: Literal,
): boolean {
  if (
    /^(?:(?:\\x|0x)?[\da-f]{32,}|(?=\D*\d)[\w+/-]{32,}={0,2})$/i.test(value)
  ) {
    return true;
  }
  for (let at = index - 1; index - at < longestCall; at--) {
    if (view.sign(at) === ";") {
      return false;
    }
    if (/^(?:pgsodium|create_key)$/i.test(view.name(at))) {
      return true;
    }
  }
  return false;
}
