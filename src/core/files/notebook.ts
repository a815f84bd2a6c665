import type { OffsetRange } from "../credentials/finding";
import { LineIndex } from "../diagnostics/lineIndex";
import { offsetInString, readJson, type JsonNode } from "./jsonStrings";

/** SQL in a notebook: a cell, or a line of one. */
export interface NotebookSql {
  readonly text: string;
  /** The rest of a magic's line is no SQL but a connection: a text like a YAML scalar. */
  readonly language: "sql" | "yaml";
  /** Number of the cell among all cells, from 1. */
  readonly cell: number;
  /** Line of the cell that the text begins in, from 0. */
  readonly line: number;
  /** Column of that line, from 0. */
  readonly column: number;
  /** The range of the notebook's JSON that a range of the text stands in. */
  inFile(range: OffsetRange): OffsetRange;
}

const sqlLanguage = /sql|duckdb/i;
const cellMagic = /^\s*%%(?:\w*sql\w*|bigquery|duckdb|dql)\b[ \t]*/i;
const lineMagic = /^[ \t]*(?:\w+\s*=\s*)?%(?:sql|dql|duckdb)\b[ \t]*/gim;
const connection = /^[\w+]+:\/\//;

/** The SQL of a Jupyter notebook: cells of a SQL kernel or language, `%%sql` cells and `%sql` lines. */
export function notebookSql(text: string): NotebookSql[] {
  const found: NotebookSql[] = [];
  const root = parse(text);
  const metadata = member(root, "metadata");
  const kernel =
    stringOf(member(member(metadata, "language_info"), "name")) ||
    stringOf(member(member(metadata, "kernelspec"), "language"));
  const cells = member(root, "cells");
  (cells?.kind === "array" ? cells.items : []).forEach((node, index) => {
    if (stringOf(member(node, "cell_type")) !== "code") {
      return;
    }
    const source = new CellSource(text, member(node, "source"));
    const own = member(node, "metadata");
    const language =
      stringOf(member(member(own, "vscode"), "languageId")) ||
      stringOf(member(own, "language")) ||
      kernel;
    const add = (from: number, to: number): void => {
      found.push(source.part(index + 1, from, to));
    };
    const lineEnd = (from: number): number => {
      const end = source.text.indexOf("\n", from);
      return end < 0 ? source.text.length : end;
    };
    const magic = cellMagic.exec(source.text)?.[0];
    if (magic !== undefined) {
      const end = lineEnd(magic.length);
      add(magic.length, end);
      add(end, source.text.length);
    } else if (sqlLanguage.test(language)) {
      add(0, source.text.length);
    } else {
      for (const match of source.text.matchAll(lineMagic)) {
        const from = match.index + match[0].length;
        add(from, lineEnd(from));
      }
    }
  });
  return found;
}

/** A string of the notebook's JSON that a cell's text is made of. */
interface Piece {
  readonly value: string;
  readonly start: number;
}

/** How far a cell was read: findings come in their order, and none is looked for from the beginning. */
interface Cursor {
  readonly piece: number;
  /** Index in the cell's text of the piece's first character. */
  readonly first: number;
  /** An index in the piece, and its offset in the file. */
  readonly index: number;
  readonly at: number;
}

/** Text of a cell: one string, or a list of strings that are its lines. */
class CellSource {
  readonly text: string;
  private readonly pieces: readonly Piece[];
  private readonly lines: LineIndex;
  private cursor: Cursor;

  constructor(
    private readonly file: string,
    node: JsonNode | undefined,
  ) {
    const nodes = node?.kind === "array" ? node.items : [node];
    this.pieces = nodes.filter((each) => each?.kind === "string");
    this.text = this.pieces.map(({ value }) => value).join("");
    this.lines = new LineIndex(this.text);
    this.cursor = this.begin(0, 0);
  }

  part(cell: number, from: number, to: number): NotebookSql {
    const text = this.text.slice(from, to);
    const { line, column } = this.lines.position(from);
    return {
      text,
      language: connection.test(text) ? "yaml" : "sql",
      cell,
      line,
      column,
      inFile: ({ start, end }) => ({
        start: this.offset(from + start),
        end:
          end > start
            ? this.offset(from + end - 1, true)
            : this.offset(from + start),
      }),
    };
  }

  /** Offset in the file of a character, or of what is behind it. */
  private offset(index: number, isBehind = false): number {
    if (index < this.cursor.index) {
      this.cursor = this.begin(0, 0);
    }
    let { piece, first } = this.cursor;
    let length = this.pieces[piece]?.value.length ?? 0;
    // What is behind the text is behind its last piece.
    while (index >= first + length && piece + 1 < this.pieces.length) {
      piece += 1;
      first += length;
      this.cursor = this.begin(piece, first);
      length = this.pieces[piece]?.value.length ?? 0;
    }
    const within = Math.min(index, first + length);
    const at = offsetInString(
      this.file,
      this.cursor.at,
      within - this.cursor.index,
    );
    this.cursor = { piece, first, index: within, at };
    return isBehind && within === index ? offsetInString(this.file, at, 1) : at;
  }

  private begin(piece: number, first: number): Cursor {
    return { piece, first, index: first, at: this.pieces[piece]?.start ?? 0 };
  }
}

function parse(text: string): JsonNode | undefined {
  try {
    return readJson(text);
  } catch {
    // Not JSON: no notebook, so no cells.
    return undefined;
  }
}

function member(
  node: JsonNode | undefined,
  name: string,
): JsonNode | undefined {
  return node?.kind === "object" ? node.members.get(name) : undefined;
}

function stringOf(node: JsonNode | undefined): string {
  return node?.kind === "string" ? node.value : "";
}
