import { isCredentialName } from "./keys";

/** How much behind a piece is looked at for what tells that it is code. */
const longestName = 60;

/**
 * `password=get_secret(name)`, `token = d.get("t")`, `pw = os.environ["PW"]`, `secret = ANY (…)`, `PASSWORD = N'x'`,
 * `password = secret s` and `password = excluded.password`: code. `end` is where the piece ends in the text.
 */
export function isCode(raw: string, text: string, end: number): boolean {
  const rest = text.slice(end, end + longestName);
  return (
    /^[A-Za-z_][\w.]*\([\w., ]*\)$/.test(raw) ||
    (/^(?:["')]|\s{0,3}\()/.test(rest) && /^[A-Za-z_][\w.]*[([]$/.test(raw)) ||
    (rest.startsWith("(") && /^[A-Za-z_][\w.]*$/.test(raw)) ||
    (/^\s{1,3}\(/.test(rest) && /^(?:any|all|some|in)$/i.test(raw)) ||
    (rest.startsWith("'") && /^(?:[nebx]|u&)$/i.test(raw)) ||
    (/^secret$/i.test(raw) && /^\s+[\w.]+\s*(?:[,;)]|$)/.test(rest)) ||
    isColumn(raw)
  );
}

/** `excluded.password`: the column of a table. */
export function isColumn(value: string): boolean {
  const [, name] = /^[A-Za-z_]\w*\.([A-Za-z_]\w*)$/.exec(value) ?? [];
  return name !== undefined && isCredentialName(name);
}
