import type { OffsetRange } from "../credentials/finding";
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

/** Text of a cell: one string, or a list of strings that are its lines. */
class CellSource {
  readonly text: string;
  private readonly pieces: readonly {
    readonly value: string;
    readonly start: number;
  }[];

  constructor(
    private readonly file: string,
    node: JsonNode | undefined,
  ) {
    const nodes = node?.kind === "array" ? node.items : [node];
    this.pieces = nodes.filter((each) => each?.kind === "string");
    this.text = this.pieces.map(({ value }) => value).join("");
  }

  part(cell: number, from: number, to: number): NotebookSql {
    const text = this.text.slice(from, to);
    const before = this.text.slice(0, from);
    const lineStart = before.lastIndexOf("\n") + 1;
    return {
      text,
      language: connection.test(text) ? "yaml" : "sql",
      cell,
      line: before.split("\n").length - 1,
      column: from - lineStart,
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
    let rest = index;
    for (const { value, start } of this.pieces) {
      if (rest < value.length) {
        return offsetInString(this.file, start, isBehind ? rest + 1 : rest);
      }
      rest -= value.length;
    }
    const last = this.pieces.at(-1);
    return last === undefined
      ? 0
      : offsetInString(this.file, last.start, last.value.length);
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
