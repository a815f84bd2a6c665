import { columnsPerSet, matchesIn } from "../../core/results/findSql";
import type {
  ColumnPair,
  ComparedSide,
  Difference,
  DifferenceRequests,
} from "../../protocol/comparison";
import type { Connection } from "../duckdb";

/** A row that differs: its place on either side, and which pairs of columns do. */
interface DifferentRow {
  readonly rank: number;
  readonly left: number | null;
  readonly right: number | null;
  /** Places of pairs, ascending; empty where the row is on one side only. */
  readonly pairs: readonly number[];
}

type Start = DifferenceRequests["nextDifference"]["params"];

/**
 * The differences between two results: a table with a row for each row that differs: `l` and `r`, its places, and sets of
 * pairs of columns `b0`, `b1`, … Seen from one side they follow each other as its rows do; those that it has not come last.
 */
export class Differences {
  constructor(
    private readonly table: string,
    private readonly columns: readonly ColumnPair[],
    /** Rows of either side. */
    private readonly rows: Readonly<Record<ComparedSide, number>>,
  ) {}

  /** How many rows are on one side only, and how many differ. */
  async counts(connection: Connection): Promise<{
    readonly onlyLeft: number;
    readonly onlyRight: number;
    readonly different: number;
  }> {
    const [counts] = await connection.rows(
      `SELECT (count(*) - count(r))::VARCHAR, (count(*) - count(l))::VARCHAR, (count(l) + count(r) - count(*))::VARCHAR FROM ${this.table}`,
    );
    const [onlyLeft = 0, onlyRight = 0, different = 0] = (counts ?? []).map(
      Number,
    );
    return { onlyLeft, onlyRight, different };
  }

  /** The nearest one after or before a place, around the end; null without any. */
  async next(
    connection: Connection,
    { side, row, other, column, forward }: Start,
  ): Promise<Difference | null> {
    const rank =
      row === null ? this.rows[side] + whole(other ?? -1) : whole(row);
    const place = this.placeOf(side, column);
    const isAfter = (pair: number): boolean =>
      forward ? pair > place : pair < place;
    const near = await this.ranked(
      connection,
      side,
      `rank ${forward ? ">=" : "<="} ${rank}`,
      forward,
      2,
    );
    for (const found of near) {
      const isSame = found.rank === rank;
      const open = isSame ? found.pairs.filter(isAfter) : found.pairs;
      const isWhole = found.left === null || found.right === null;
      // A row that only one side has is one place: the keyboard is on it, or it is not.
      if (isWhole && isSame && column >= 0) continue;
      if (isWhole || open.length > 0) {
        return this.told(connection, side, found, open.at(forward ? 0 : -1));
      }
    }
    const [end] = await this.ranked(connection, side, "true", forward, 1);
    return end === undefined
      ? null
      : this.told(connection, side, end, end.pairs.at(forward ? 0 : -1));
  }

  /** What differs in some rows of one side. */
  async within(
    connection: Connection,
    { side, fromRow, toRow }: DifferenceRequests["differencesIn"]["params"],
  ): Promise<DifferenceRequests["differencesIn"]["result"]> {
    const own = side === "left" ? "l" : "r";
    const rows = await this.ranked(
      connection,
      side,
      `${own} >= ${whole(fromRow)} AND ${own} < ${whole(toRow)}`,
      true,
    );
    return rows.map(({ left, right, pairs, rank }) => ({
      row: rank,
      columns:
        left === null || right === null
          ? null
          : pairs.flatMap((pair) => this.columns[pair]?.[side] ?? []),
    }));
  }

  private async told(
    connection: Connection,
    side: ComparedSide,
    { left, right, rank }: DifferentRow,
    pair: number | undefined,
  ): Promise<Difference> {
    const [before] = await connection.rows(
      `SELECT count(*)::VARCHAR FROM ${this.ranks(side)} WHERE rank < ${rank}`,
    );
    return {
      left,
      right,
      cell: pair === undefined ? null : (this.columns[pair] ?? null),
      ordinal: Number(before?.[0] ?? 0) + 1,
    };
  }

  /** Where a column stands among those that were compared; between two of them when it is none of them. */
  private placeOf(side: ComparedSide, column: number): number {
    const place = this.columns.findIndex((pair) => pair[side] === column);
    return place >= 0
      ? place
      : this.columns.findLastIndex((pair) => pair[side] < column) + 0.5;
  }

  private async ranked(
    connection: Connection,
    side: ComparedSide,
    where: string,
    forward: boolean,
    limit?: number,
  ): Promise<DifferentRow[]> {
    const count = Math.ceil(this.columns.length / columnsPerSet);
    const sets = Array.from({ length: count }, (_, at) => `b${at}::VARCHAR`);
    const rows = await connection.rows(
      `SELECT ${["rank::VARCHAR", "l::VARCHAR", "r::VARCHAR", ...sets].join(", ")} FROM ${this.ranks(side)} WHERE ${where} ` +
        `ORDER BY rank ${forward ? "ASC" : "DESC"}${limit === undefined ? "" : ` LIMIT ${limit}`}`,
    );
    return rows.map(([rank, left, right, ...bits]) => {
      const isOne = left == null || right == null;
      return {
        rank: Number(rank),
        left: left == null ? null : Number(left),
        right: right == null ? null : Number(right),
        pairs: isOne ? [] : matchesIn(bits.map(Number)),
      };
    });
  }

  private ranks(side: ComparedSide): string {
    const [own, other] = side === "left" ? ["l", "r"] : ["r", "l"];
    return `(SELECT *, coalesce(${own}, ${this.rows[side]} + ${other}) AS rank FROM ${this.table})`;
  }
}

/** A number in SQL, whatever was sent. */
function whole(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}
