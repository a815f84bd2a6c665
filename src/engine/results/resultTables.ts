import { randomUUID } from "node:crypto";
import { viaductError } from "../../core/errors/makeError";
import type { KeptColumn } from "../../core/results/columnSql";
import { quoteLiteral } from "../../core/sql/quote";
import type { Connection } from "../duckdb";
import type { StoredColumn } from "../storedColumn";
import { ResultWriter } from "./resultWriter";
import type { RowPlaces, TablePlaces } from "./rowPlaces";

/** DuckDB settings of the session at the time of a run on which the text of a value depends. */
export interface TextSettings {
  readonly timeZone: string;
  readonly calendar: string;
}

/** A column of a result that begins. */
export interface NewColumn extends StoredColumn {
  /** Labels of a PostgreSQL enum, which is kept as the server's text, in their order. */
  readonly labels?: readonly string[];
}

/** One result that is kept. */
export interface StoredResult {
  readonly id: string;
  readonly table: string;
  readonly columns: readonly KeptColumn[];
  readonly text: TextSettings;
  readonly writer: ResultWriter;
  readonly places: TablePlaces;
}

/** The tables in which results are. */
export class ResultTables {
  private readonly results = new Map<string, StoredResult>();
  /** No result of an earlier engine process has such an id: a stale id is `resultGone`, never another result's rows. */
  private readonly idBase = randomUUID().slice(0, 8);
  private count = 0;

  constructor(
    private readonly connection: Connection,
    private readonly places: RowPlaces,
  ) {}

  /** Makes a table for rows that will come. Throws when a column's type cannot be kept. */
  async create(
    columns: readonly NewColumn[],
    text: TextSettings,
  ): Promise<ResultWriter> {
    this.count += 1;
    const id = `${this.idBase}-${this.count}`;
    const table = `r${this.count}`;
    const definitions = columns.map(
      ({ storage }, index) => `c${index} ${storage}`,
    );
    await this.connection.run(
      `CREATE TABLE ${table} (${definitions.join(", ")})`,
    );
    const appender = await this.connection.appender(table);
    const places = this.places.of(table);
    const writer = new ResultWriter(id, appender, columns, (rowCount) => {
      places.begin(rowCount);
    });
    this.results.set(id, { id, table, columns, text, writer, places });
    return writer;
  }

  /** For each column, whether its type can be kept. */
  async storable(columns: readonly StoredColumn[]): Promise<boolean[]> {
    const answers = [];
    for (const { storage } of columns) {
      const isStorable = await this.connection
        .prepare(`SELECT NULL::${storage}`)
        .then(
          (prepared) => {
            prepared.destroy();
            return true;
          },
          () => false,
        );
      answers.push(isStorable);
    }
    return answers;
  }

  /** A result of which the rows before `end` can be read, as far as they have come. Throws `resultGone`. */
  find(id: string, end = Infinity): StoredResult {
    const result = this.results.get(id);
    if (result === undefined) {
      throw viaductError("resultGone", "These rows are not there any more.");
    }
    result.writer.flush(end);
    return result;
  }

  /** Drops one; an unknown id is not an error. */
  async drop(id: string): Promise<void> {
    const result = this.results.get(id);
    if (result !== undefined) {
      this.results.delete(id);
      result.writer.abandon();
      await result.places.end();
      await this.connection.run(`DROP TABLE ${result.table}`);
    }
  }

  get ids(): string[] {
    return [...this.results.keys()];
  }
}

/** Makes the texts of a connection's values those of a run. Throws when the zone is none that DuckDB knows. */
export async function setText(
  connection: Connection,
  { timeZone, calendar }: TextSettings,
): Promise<void> {
  await connection.run(`SET TimeZone = ${quoteLiteral(timeZone)}`).catch(() => {
    throw viaductError(
      "conversion",
      `'${timeZone}' is no time zone that DuckDB knows.`,
      { hint: "Time zones have names such as Europe/Berlin or UTC." },
    );
  });
  await connection.run(`SET Calendar = ${quoteLiteral(calendar)}`);
}
