/** UTF-16 offset of a UTF-8 byte offset, as DuckDB's error positions are; past the end gives the length. */
export function utf16FromUtf8(text: string, byteOffset: number): number {
  let bytes = 0;
  let at = 0;
  while (at < text.length && bytes < byteOffset) {
    const code = text.codePointAt(at) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code < 0x10000 ? 1 : 2;
  }
  return at;
}

/** UTF-16 offset of a 1-based character position, as PostgreSQL's error positions are; past the end gives the length. */
export function utf16FromCharacters(text: string, position: number): number {
  let at = 0;
  for (
    let character = 1;
    character < position && at < text.length;
    character++
  ) {
    at += (text.codePointAt(at) ?? 0) < 0x10000 ? 1 : 2;
  }
  return at;
}
