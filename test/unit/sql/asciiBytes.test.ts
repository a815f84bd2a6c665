import assert from "node:assert/strict";
import fc from "fast-check";
import { asciiBytes } from "../../../src/core/sql/asciiBytes";

describe("the bytes of a text", () => {
  it("are its characters, all beyond ASCII alike", () => {
    const pieces = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(
      fc.property(pieces, fc.nat(3), (piece, room) => {
        const bytes = new Uint8Array(piece.length + room);
        asciiBytes(piece, bytes);
        assert.deepEqual(
          [...bytes.subarray(0, piece.length)],
          Array.from({ length: piece.length }, (_, at) =>
            Math.min(piece.charCodeAt(at), 0x80),
          ),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
