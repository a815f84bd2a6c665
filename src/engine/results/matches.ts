import { columnsPerSet, matchesIn } from "../../core/results/findSql";
import type { FoundCell, ResultRequests } from "../../protocol/results";
import type { Connection } from "../duckdb";

interface MatchingRow {
  readonly row: number;
  /** Places in the columns that were looked through, ascending. */
  readonly places: readonly number[];
}

interface Start {
  readonly row: number;
  readonly column: number;
  readonly forward: boolean;
}

/**
 * The matches of a search: a table with a row for each row that has some, in their order: `pos`, sets of columns `b0`,
 * `b1`, …, and `n`, how many they are.
 */
export class Matches {
  private constructor(
    private readonly table: string,
    /** In the order in which they were looked through, which is the order of matches in a row. */
    private readonly columns: readonly number[],
    readonly count: number,
  ) {}

  /** The matches in a table that is complete. */
  static async of(
    connection: Connection,
    table: string,
    columns: readonly number[],
  ): Promise<Matches> {
    return new Matches(table, columns, await countIn(connection, table, ""));
  }

  /** The nearest one after or before a cell, around the end; null without any. */
  async next(
    connection: Connection,
    { row, column, forward }: Start,
  ): Promise<FoundCell | null> {
    const rank = this.rankOf(column);
    const near = forward
      ? await this.rows(connection, `WHERE pos >= ${at(row)}`, "ASC", 2)
      : await this.rows(connection, `WHERE pos <= ${at(row)}`, "DESC", 2);
    const isAfter = (place: number): boolean =>
      forward ? place > rank : place < rank;
    for (const { row: found, places } of near) {
      const open = found === at(row) ? places.filter(isAfter) : places;
      const place = open.at(forward ? 0 : -1);
      if (place !== undefined) {
        return this.found(connection, found, places, place);
      }
    }
    const [end] = await this.rows(connection, "", forward ? "ASC" : "DESC", 1);
    const place = end?.places.at(forward ? 0 : -1);
    return end === undefined || place === undefined
      ? null
      : this.found(connection, end.row, end.places, place);
  }

  /** Those in some rows, in their order. */
  async within(
    connection: Connection,
    fromRow: number,
    toRow: number,
  ): Promise<ResultRequests["findIn"]["result"]> {
    const rows = await this.rows(
      connection,
      `WHERE pos >= ${at(fromRow)} AND pos < ${at(toRow)}`,
      "ASC",
    );
    return rows.flatMap(({ row, places }) =>
      places.map((place) => ({ row, column: this.columns[place] ?? 0 })),
    );
  }

  private async found(
    connection: Connection,
    row: number,
    places: readonly number[],
    place: number,
  ): Promise<FoundCell> {
    const before = await countIn(connection, this.table, `WHERE pos < ${row}`);
    return {
      row,
      column: this.columns[place] ?? 0,
      ordinal: before + places.indexOf(place) + 1,
    };
  }

  private async rows(
    connection: Connection,
    where: string,
    order: "ASC" | "DESC",
    limit?: number,
  ): Promise<MatchingRow[]> {
    const count = Math.ceil(this.columns.length / columnsPerSet);
    const sets = Array.from(
      { length: count },
      (_, index) => `b${index}::VARCHAR`,
    );
    const rows = await connection.rows(
      `SELECT ${["pos::VARCHAR", ...sets].join(", ")} FROM ${this.table} ${where} ` +
        `ORDER BY pos ${order}${limit === undefined ? "" : ` LIMIT ${limit}`}`,
    );
    return rows.map(([row, ...bits]) => ({
      row: Number(row),
      places: matchesIn(bits.map(Number)),
    }));
  }

  /** Where a column stands among those that were looked through; between two of them when it is none of them. */
  private rankOf(column: number): number {
    const place = this.columns.indexOf(column);
    return place >= 0
      ? place
      : this.columns.filter((each) => each < column).length - 0.5;
  }
}

async function countIn(
  connection: Connection,
  table: string,
  where: string,
): Promise<number> {
  const [row] = await connection.rows(
    `SELECT coalesce(sum(n), 0)::BIGINT::VARCHAR FROM ${table} ${where}`,
  );
  return Number(row?.[0] ?? 0);
}

/** A row's number in SQL, whatever was sent. */
function at(row: number): number {
  return Number.isFinite(row) ? Math.trunc(row) : 0;
}
