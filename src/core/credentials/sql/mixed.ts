/** True for a text that is no word of a language, nor a number. */
export function isMixed(text: string): boolean {
  return /^(?=\S*\d)(?=\S*\D)\S{6,}$/.test(text);
}

/** A word, a version, an algorithm or its size: `sha256`, `aes-256-gcm`, `legacy_v1`, `v1-none`. */
const label =
  /^(?:[a-z]+|(?:v|version)\d{1,3}|sha\d{1,3}|md\d|rc\d|argon2(?:id?)?|pbkdf2|ed\d{3,5}|x25519|aes\d{3}|[hrpe]s\d{3}|chacha20|poly1305|blake\d\w?|base\d\d|128|192|256|384|512|1024|2048|4096)(?:[-_.:/](?!$)|$)/i;

/** Longer texts are no labels. */
const longestLabel = 60;

/** True for what may be given for a credential, and is no kind, state, date, document, type or column. */
export function isNoLabel(text: string): boolean {
  return (
    isMixed(text) &&
    text.length > 6 &&
    /[a-z]/i.test(text) &&
    !/^[[{]|^\w+\(|^\d{4}-\d\d-\d\d/.test(text) &&
    !isLabel(text)
  );
}

function isLabel(text: string): boolean {
  if (text.length > longestLabel) {
    return false;
  }
  let rest = text;
  while (rest !== "") {
    const part = label.exec(rest)?.[0] ?? "";
    if (part === "") {
      return false;
    }
    rest = rest.slice(part.length);
  }
  return true;
}
