/** The words of a name in lower case: `dbRootPassword`, `DB_ROOT_PASSWORD` and `db.root-password` are the same three. */
export function nameWords(name: string): string[] {
  const lower = name.toLowerCase();
  const words: string[] = [];
  let start = 0;
  const add = (end: number): void => {
    if (end > start) {
      words.push(lower.slice(start, end));
    }
  };
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code >= 128) {
      // Lower case is not as long everywhere.
      return wordsBeyondAscii(name);
    }
    if (isUpper(code)) {
      const isFirst = isUpper(name.charCodeAt(at - 1))
        ? isLower(name.charCodeAt(at + 1))
        : at > start;
      if (isFirst) {
        add(at);
        start = at;
      }
    } else if (!isLower(code) && !isDigit(code)) {
      add(at);
      start = at + 1;
    }
  }
  add(name.length);
  return words;
}

/** The same without a number at the end: `password_2` is one as `password2` is. */
export function countedWords(name: string): string[] {
  const words = nameWords(name);
  if (words.length > 1 && /^\d{1,2}$/.test(words.at(-1) ?? "")) {
    words.pop();
  }
  return words;
}

function wordsBeyondAscii(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/(?<![A-Z])([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
