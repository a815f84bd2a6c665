/**
 * The SQL in a file: UTF-8 with or without a mark, UTF-16 with one. Null for anything else, because a character that is
 * guessed would be a wrong value in an answer.
 */
export function sqlText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : "utf-8";
  try {
    // The decoder leaves the mark out.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
