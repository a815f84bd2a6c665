import assert from "node:assert/strict";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LineIndex } from "../../../src/core/diagnostics/lineIndex";

describe("LineIndex", () => {
  it("places offsets as the editor does, whatever ends the lines", () => {
    const texts = fc
      .array(fc.constantFrom("a", "😀", "\n", "\r\n", "\r", ""))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.nat(20), (text, offset) => {
        const document = TextDocument.create("file:///x", "sql", 1, text);
        const at = Math.min(offset, text.length);
        // The editor's own library moves an offset between CR and LF to before the CR.
        fc.pre(text.slice(at - 1, at + 1) !== "\r\n");
        const { line, column } = new LineIndex(text).position(at);
        assert.deepEqual({ line, character: column }, document.positionAt(at));
      }),
    );
  });
});
