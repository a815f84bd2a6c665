import { type Cursor, sign, unsure } from "./cursor";

/** The tag before a node; null when there is an anchor alone. */
interface Properties {
  readonly tag: string | null;
}

/** Goes over the anchor and the tag before a node; null where there are none. */
export function properties(cursor: Cursor): Properties | null {
  let tag: string | null = null;
  let isFound = false;
  for (;;) {
    const code = cursor.code();
    if (code !== sign.ampersand && code !== sign.exclamation) {
      return isFound ? { tag } : null;
    }
    const start = cursor.at;
    while (!cursor.isSpace(cursor.at)) {
      cursor.at++;
    }
    if (code === sign.exclamation) {
      tag = tagOf(cursor.text.slice(start, cursor.at));
    }
    isFound = true;
    cursor.blanks();
  }
}

/** The tag of an application as it is written; of YAML's own, text's is none, and `!` says no more. */
function tagOf(word: string): string {
  if (word === "!!str" || word === "!") {
    return "";
  }
  if (!/^![A-Za-z][\w.:/-]*$/.test(word)) {
    // A tag is not an application's.
    throw unsure;
  }
  return word;
}
