/** Of every platform, a browser's included; the core has no types for it. */
declare class TextEncoder {
  encodeInto(source: string, into: Uint8Array): { readonly read: number };
}

/** What stands for every character beyond ASCII. */
const notAscii = 0x80;

const encoder = new TextEncoder();

/**
 * Writes a piece of a text with one byte for each of its UTF-16 code units, all beyond ASCII alike. To look at bytes
 * takes a third of the time that asking a string for its characters does.
 */
export function asciiBytes(piece: string, into: Uint8Array): void {
  const { length } = piece;
  // What is beyond ASCII takes more bytes than there is room for.
  if (encoder.encodeInto(piece, into.subarray(0, length)).read < length) {
    for (let index = 0; index < length; index++) {
      const code = piece.charCodeAt(index);
      into[index] = code < notAscii ? code : notAscii;
    }
  }
}
