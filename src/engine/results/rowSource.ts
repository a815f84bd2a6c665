/** Rows that questions are asked about in which no order counts: read as they are kept, and not joined for each statement. */
import type { KeptColumn } from "../../core/results/columnSql";
import { keptRows } from "./resultRelation";

/** What the rows of a view pass. */
export interface ViewFilter {
  /** Table of the rowids of those that do, as `rid`, in the order in which the rows came. */
  readonly passing: string;
  /** What the same rows pass whenever they are asked; none where it may be other ones. */
  readonly conditions: readonly string[];
}

/** A result, or a view of it, by what its rows are kept in. */
export interface RowSource {
  readonly table: string;
  readonly columns: readonly KeptColumn[];
  /** Rows of the table among which those meant are: more may arrive at any time. */
  readonly total: number;
  /** Those meant. */
  readonly rowCount: number;
  /** What the rows pass; null for all of them. */
  readonly filter: ViewFilter | null;
  /** Whether the table has the column of places. */
  readonly hasPlaces: boolean;
  /** Table of a view's rowids in its order; null for rows as they came, and for a filter's alone. */
  readonly order: string | null;
}

/** Of fewer rows than this share, looking up the passing ones costs less than testing all again (measured). */
const fewShare = 1 / 8;

/** A FROM item of the rows without an order: the columns, and `pos`, a number of the row's own that is no place. */
export function unorderedSql({
  table,
  total,
  rowCount,
  filter,
}: Omit<RowSource, "columns" | "order" | "hasPlaces">): string {
  if (filter === null) {
    return keptRows(table, total);
  }
  if (filter.conditions.length === 0 || rowCount < total * fewShare) {
    return `(SELECT r.rowid AS pos, r.* FROM ${table} r SEMI JOIN ${filter.passing} v ON r.rowid = v.rid)`;
  }
  const conditions = [`rowid < ${total}`, ...filter.conditions];
  return `(SELECT rowid AS pos, * FROM ${table} WHERE ${conditions.join(" AND ")})`;
}

/** The rows in the order in which they are kept, whatever the view's is. */
export interface KeptOrder {
  /** A FROM item: the columns, and `pos` from 0, by ranges of which it is cheap to read. */
  readonly from: string;
  /** A FROM item that has the place in the view for each `pos`, as `place`; null where they are the same. */
  readonly places: string | null;
}

/** How to read the rows a range after the other. */
export function keptOrder({
  table,
  total,
  filter,
  order,
  hasPlaces,
}: RowSource): KeptOrder {
  if (filter === null) {
    return {
      from: keptRows(table, total, hasPlaces),
      places:
        order === null
          ? null
          : `(SELECT rid AS pos, rowid AS place FROM ${order})`,
    };
  }
  const { passing } = filter;
  return {
    from: `(SELECT v.rowid AS pos, r.* FROM ${passing} v JOIN ${table} r ON r.rowid = v.rid)`,
    places:
      order === null
        ? null
        : `(SELECT p.rowid AS pos, v.rowid AS place FROM ${order} v JOIN ${passing} p USING (rid))`,
  };
}
