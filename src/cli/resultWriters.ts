import { csvLine } from "../core/results/formatCsv";
import { TextTable } from "../core/results/formatTable";
import type { Cell } from "../core/results/result";
import type { StatementOutcome } from "../protocol/engine";
import type { Output } from "./io";
import type { RunFormat } from "./runArguments";

/** A statement's end and its rows, page by page. */
export interface WrittenStatement {
  /** Redacted. */
  readonly text: string;
  readonly outcome: StatementOutcome;
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>;
}

/** Writes the results of a run, one statement after the other. */
export interface ResultWriter {
  begin(): Promise<void>;
  /** Throws what reading a page throws; the output stays well-formed. */
  statement(statement: WrittenStatement): Promise<void>;
  end(): Promise<void>;
  /** Whether the notices are part of the output. */
  readonly hasNotices: boolean;
}

/** The writer of a format. */
export function resultWriter(format: RunFormat, output: Output): ResultWriter {
  switch (format) {
    case "table":
      return new TableWriter(output);
    case "csv":
      return new CsvWriter(output);
    case "json":
      return new JsonWriter(output);
  }
}

class TableWriter implements ResultWriter {
  readonly hasNotices = false;

  constructor(private readonly output: Output) {}

  async begin(): Promise<void> {
    // Nothing comes before the first table.
  }

  async statement({ outcome, pages }: WrittenStatement): Promise<void> {
    if (outcome.resultId === null) {
      if (outcome.commandTag !== "")
        await this.output.write(`${outcome.commandTag}\n`);
      return;
    }
    let table: TextTable | null = null;
    let written = 0;
    try {
      for await (const rows of pages) {
        if (table === null) {
          table = new TextTable(outcome.columns, rows);
          await this.output.write(table.header());
        }
        const shown = table;
        await this.output.write(rows.map((row) => shown.row(row)).join(""));
        written += rows.length;
      }
      if (table === null) {
        await this.output.write(new TextTable(outcome.columns, []).header());
      }
    } finally {
      const isWhole = outcome.complete && written === outcome.rowCount;
      const noun = written === 1 ? "row" : "rows";
      await this.output.write(
        `(${written} ${noun}${isWhole ? "" : ", incomplete"})\n\n`,
      );
    }
  }

  async end(): Promise<void> {
    // Each table ends by itself.
  }
}

class CsvWriter implements ResultWriter {
  readonly hasNotices = false;
  #isFirst = true;

  constructor(private readonly output: Output) {}

  async begin(): Promise<void> {
    // No line belongs to the run as a whole.
  }

  async statement({ outcome, pages }: WrittenStatement): Promise<void> {
    if (outcome.resultId === null) return;
    const header = csvLine(outcome.columns.map(({ name }) => name));
    await this.output.write(`${this.#isFirst ? "" : "\n"}${header}\n`);
    this.#isFirst = false;
    for await (const rows of pages) {
      await this.output.write(rows.map((row) => `${csvLine(row)}\n`).join(""));
    }
  }

  async end(): Promise<void> {
    // No line belongs to the run as a whole.
  }
}

class JsonWriter implements ResultWriter {
  readonly hasNotices = true;
  #isFirst = true;

  constructor(private readonly output: Output) {}

  begin(): Promise<void> {
    return this.output.write("[");
  }

  async statement({ text, outcome, pages }: WrittenStatement): Promise<void> {
    const { columns, commandTag, notices, elapsedMs } = outcome;
    const head = JSON.stringify({ statement: text, columns });
    await this.output.write(
      `${this.#isFirst ? "" : ","}\n${head.slice(0, -1)},"rows":[`,
    );
    this.#isFirst = false;
    let written = 0;
    let isRead = false;
    try {
      for await (const rows of pages) {
        const lines = rows.map((row) => `\n${JSON.stringify(row)}`).join(",");
        await this.output.write(`${written === 0 ? "" : ","}${lines}`);
        written += rows.length;
      }
      isRead = true;
    } finally {
      const hasRows = outcome.resultId !== null;
      const tail = JSON.stringify({
        rowCount: hasRows ? written : outcome.rowCount,
        complete:
          outcome.complete &&
          isRead &&
          (!hasRows || written === outcome.rowCount),
        commandTag,
        notices,
        elapsedMs: Math.round(elapsedMs * 1000) / 1000,
      });
      await this.output.write(`],${tail.slice(1)}`);
    }
  }

  end(): Promise<void> {
    return this.output.write("\n]\n");
  }
}
