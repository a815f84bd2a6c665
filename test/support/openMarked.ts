import type { Position, Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { defaultLintOptions } from "../../src/core/credentials/options";
import { LintedDocument } from "../../src/server/lintedDocument";

/** A document of the language server, and the place in it that a test is about. */
export interface MarkedDocument {
  readonly document: LintedDocument;
  readonly content: TextDocument;
  readonly at: Position;
  readonly range: Range;
}

/** Opens a text without its `|`, which is where the cursor is; at the beginning when there is none. */
export function openMarked(marked: string, languageId = "sql"): MarkedDocument {
  const offset = marked.indexOf("|");
  const content = TextDocument.create(
    "file:///x",
    languageId,
    3,
    marked.replace("|", ""),
  );
  const document = new LintedDocument(content, defaultLintOptions);
  const at = content.positionAt(Math.max(offset, 0));
  return { document, content, at, range: { start: at, end: at } };
}
