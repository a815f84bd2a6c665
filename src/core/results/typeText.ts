/** A DuckDB type as text, changed where a word stands for a type and not for a field's name or an enum's value. */

/** Names in double quotes, values in single quotes, or a word (with the words that belong to it). */
const parts =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|(?:TIME|TIMESTAMP) WITH TIME ZONE|[A-Za-z_][A-Za-z_0-9]*(?:\([0-9, ]+\))?/g;

/** Replaces the leaves of a type: `replacement` is asked for each word, and answers null to leave it. */
export function replaceTypes(
  type: string,
  replacement: (word: string) => string | null,
): string {
  return withoutEnums(type).replace(parts, (part) =>
    /^["']/.test(part) ? part : (replacement(part.toUpperCase()) ?? part),
  );
}

/** True when one of a type's words passes. */
export function hasType(
  type: string,
  passes: (word: string) => boolean,
): boolean {
  let isFound = false;
  replaceTypes(type, (word) => {
    isFound ||= passes(word);
    return null;
  });
  return isFound;
}

/** An enum is one word: its values are no types. */
function withoutEnums(type: string): string {
  return type.replace(
    /("(?:[^"]|"")*")|ENUM\((?:'(?:[^']|'')*'(?:, ?)?)*\)/g,
    (found, name: string | undefined) => name ?? (found === "" ? "" : "ENUM"),
  );
}
