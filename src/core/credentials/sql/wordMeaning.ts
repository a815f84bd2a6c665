import { nameParts } from "../keys";

/** What a word can mean to those that read a statement, as bits. Most words mean nothing to any of them. */
export const wordMeaning = {
  /** It can begin what gives credentials a meaning. */
  anchor: 1,
  /** It begins a query or a condition. */
  query: 2,
  /** At the beginning of a statement it sets something. */
  setting: 4,
  /** It says what the strings of the statement are. */
  use: 8,
  /** IDENTIFIED, AS, FORMAT, INTO, UPDATE and procedures: a form has it in a place. */
  form: 16,
  /** It may be a credential's name. */
  name: 32,
  /** A statement can begin behind it. */
  opener: 64,
} as const;

const { anchor, form, name, opener, query, setting, use } = wordMeaning;

const known: ReadonlyMap<string, number> = knownWords([
  [
    anchor,
    "create alter modify define attach set copy unload backup restore export import load change start clone administer " +
      "connect open exec execute call grant",
  ],
  [query, "select where when check insert update delete values from"],
  [setting, "set pragma"],
  [
    use,
    "settings program xp_cmdshell into send_http_request opendatasource openrowset pg_connect pg_dist_authinfo",
  ],
  [form, "identified as format into update"],
  [name, "password passwd pwd pass secret token key"],
  [opener, "begin atomic then else loop do go declare"],
  // As frequent as they are, they need no look at what they hold.
  [
    0,
    "user role table with in is not null and or on by to for if exists returns language function id",
  ],
]);

function knownWords(
  groups: readonly (readonly [bits: number, words: string])[],
): Map<string, number> {
  const all = new Map<string, number>();
  for (const [bits, words] of groups) {
    for (const word of words.split(" ")) {
      all.set(word, (all.get(word) ?? 0) | bits);
    }
  }
  return all;
}

/** Parts of words: what a credential's name has somewhere, and beginnings and ends that mean something. */
const telling = new RegExp(
  `${nameParts}|curlopt|_command$|^(?:http|dblink|postgres|mysql|sqlite|odbc|sp)`,
);

/** What the word, in lower case, can mean: more rather than less. */
export function meaningOf(word: string): number {
  return known.get(word) ?? (telling.test(word) ? name | use | form : 0);
}

/** True for the meaning of a word that begins statements of interest. */
export function beginsStatement(meaning: number): boolean {
  return (meaning & (anchor | setting)) !== 0;
}
