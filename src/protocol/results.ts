/**
 * Extension host, results panel or CLI ⇄ engine process: what can be asked of a result that is kept. JSON-safe. Rows and
 * columns count from 0; `to…` is exclusive. The panel may make the requests that `panelMethods` names, through the host.
 */
import type { Cell, ResultPage } from "../core/results/result";
import type { ResultFilter, SortKey } from "../core/results/view";
import type { Comparison, DifferenceRequests } from "./comparison";

/** Rows of a result in some order: as they came, or as a view has them. */
export interface RowsRef {
  readonly resultId: string;
  /** What `openView` answered; null for all rows as they came. */
  readonly viewId: string | null;
}

/** Work that may take long: the caller chooses the name, sees `taskProgress` under it, and can `cancelTask` it. */
export interface TaskRef {
  readonly taskId: string;
}

/** Some of a result's cells: rows of a view, and columns by their place in the result, in the order wanted. */
export interface CellArea extends RowsRef {
  readonly fromRow: number;
  readonly toRow: number;
  readonly columns: readonly number[];
}

/** One cell of a view. */
export interface CellRef extends RowsRef {
  readonly row: number;
  readonly column: number;
}

/** A part of a value that is too long for a page. */
export interface CellPart {
  /** The part, from the offset that was asked for; null for SQL NULL. */
  readonly text: Cell;
  /** Length of the whole: characters (UTF-16 units) of a text, bytes of a BLOB. */
  readonly length: number;
}

/** What is looked for. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeCell: boolean;
  /** `text` is a regular expression as DuckDB has them (RE2). */
  readonly regex: boolean;
  /** Columns that are looked through, in the order in which a row's matches follow each other; empty for all. */
  readonly columns: readonly number[];
}

/** Where a match is, and which of them it is (from 1). */
export interface FoundCell {
  readonly row: number;
  readonly column: number;
  readonly ordinal: number;
}

/** Facts about a column's values, each as DuckDB's own text; null where there is none. */
export interface ColumnStatistics {
  readonly rows: number;
  readonly nulls: number;
  readonly distinct: number;
  readonly min: Cell;
  readonly max: Cell;
  /** Numbers and times only. */
  readonly mean: Cell;
  readonly deviation: Cell;
  /** At 0.05, 0.25, 0.5, 0.75 and 0.95, each one of the values; empty where values have no order of magnitude. */
  readonly quantiles: readonly { readonly at: number; readonly value: Cell }[];
  /** The most frequent values, NULL among them, the most frequent first. */
  readonly top: readonly ValueCount[];
  /** Equal ranges from the least to the greatest; empty where there is no distance between values. */
  readonly histogram: readonly HistogramBin[];
  /** Values that are no numbers (NaN, infinities) and are in no range. */
  readonly outside: number;
}

/** A value and how often it occurs. */
export interface ValueCount {
  readonly value: Cell;
  readonly count: number;
}

/** A range of values, its upper end exclusive but in the last one. */
export interface HistogramBin {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** What a selection comes to. Sums are exact where the columns' types are. */
export interface SelectionAggregate {
  readonly cells: number;
  readonly nulls: number;
  readonly distinct: number;
  /** Cells that are numbers; the four others are of these, null without any. */
  readonly numbers: number;
  readonly sum: Cell;
  readonly mean: Cell;
  readonly min: Cell;
  readonly max: Cell;
}

/** Texts that cells can be copied as. */
export type CopyFormat =
  "tsv" | "csv" | "json" | "markdown" | "insert" | "inList";

/** Files that rows can be exported to. */
export type ExportFormat =
  "csv" | "tsv" | "json" | "ndjson" | "parquet" | "xlsx" | "markdown" | "sql";

/** How an export is written. */
export interface ExportOptions {
  readonly headers: boolean;
  /** CSV, TSV and Excel: a text that a spreadsheet would take for a formula gets a `'` before it. */
  readonly guardFormulas: boolean;
  /** Name of the table in `INSERT` statements. */
  readonly table: string;
}

/** What was written, counted again in the file itself where its format can be read back. */
export interface ExportOutcome {
  readonly rows: number;
  readonly bytes: number;
  /** True when the rows were counted in the finished file. */
  readonly verified: boolean;
  /** What is not in the file as it is in the result: guarded texts, renamed columns, types without an equal. */
  readonly notes: readonly string[];
}

/** Where a result is made a table of. */
export interface TableTarget {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
  readonly mode: "create" | "replace" | "append";
}

/** How a chart is made of columns. */
export interface ChartSpec {
  readonly kind: "bar" | "line" | "area" | "scatter" | "histogram";
  /** The column of the horizontal axis (of a histogram: the one that is counted). */
  readonly x: number;
  /** Columns of the vertical axis; empty counts rows. */
  readonly y: readonly number[];
  readonly aggregate: "count" | "sum" | "avg" | "min" | "max" | "none";
  /** A column whose values become a series each. */
  readonly series: number | null;
  /** Most points over all series; no chart needs more than 5,000. */
  readonly limit: number;
}

/** What a chart draws. */
export interface ChartData {
  readonly xKind: "category" | "number" | "time";
  readonly series: readonly {
    readonly name: string;
    /** Numbers are DuckDB's text; times are ISO texts of the clock that is shown, written as UTC (`…Z`). */
    readonly points: readonly { readonly x: Cell; readonly y: Cell }[];
  }[];
  /** What is not drawn as it is: rows that were grouped, left out or sampled; empty for nothing. */
  readonly notes: readonly string[];
}

/** Every request about results, by method: what goes in and what comes back. */
export interface ResultRequests extends DifferenceRequests {
  /** Host → engine: rows, as many as there are from `offset`, at most `limit`. Long cells come cut: `ResultPage.cut`. */
  page: {
    params: {
      readonly resultId: string;
      readonly viewId?: string | null;
      readonly offset: number;
      readonly limit: number;
      /** Zone in which times with a zone are shown; absent for the session's at the time of the run. */
      readonly timeZone?: string | null;
    };
    result: ResultPage;
  };
  /** Host → engine: these results will not be asked for again. */
  releaseResults: {
    params: { readonly resultIds: readonly string[] };
    result: null;
  };
  /** Host → engine: the rows that pass every filter, sorted; over the whole result, whatever its size. */
  openView: {
    params: TaskRef & {
      readonly resultId: string;
      readonly sort: readonly SortKey[];
      readonly filters: readonly ResultFilter[];
    };
    result: { readonly viewId: string; readonly rowCount: number };
  };
  /** Host → engine: these views will not be asked for again. */
  closeViews: { params: { readonly viewIds: readonly string[] }; result: null };
  /** Host → engine: a part of a cell's text: all of it in steps of `limit` characters. */
  cellText: {
    params: CellRef & {
      readonly offset: number;
      readonly limit: number;
      readonly timeZone?: string | null;
    };
    result: CellPart;
  };
  /** Host → engine: a part of a BLOB, in base64. Fails for other types. */
  cellBytes: {
    params: CellRef & { readonly offset: number; readonly limit: number };
    result: CellPart;
  };
  /** Host → engine: looks through all cells; `matches` counts cells. A newer search of the same result ends an older one. */
  find: {
    params: TaskRef & RowsRef & { readonly query: FindQuery };
    result: { readonly findId: string; readonly matches: number };
  };
  /** Host → engine: the nearest match after or before a cell, around the end; null without matches. */
  findNext: {
    params: {
      readonly findId: string;
      readonly row: number;
      readonly column: number;
      readonly forward: boolean;
    };
    result: FoundCell | null;
  };
  /** Host → engine: matches in some rows, to mark them. */
  findIn: {
    params: {
      readonly findId: string;
      readonly fromRow: number;
      readonly toRow: number;
    };
    result: readonly { readonly row: number; readonly column: number }[];
  };
  /** Host → engine: a search is over. */
  closeFind: { params: { readonly findId: string }; result: null };
  /**
   * Host → engine: compares all rows of two results, or of views of them. NULL is equal to NULL. Columns belong together
   * by their names, those of one name in their order. A newer comparison ends an older one.
   */
  compareResults: {
    params: TaskRef & {
      readonly left: RowsRef;
      readonly right: RowsRef;
      /** Columns of the left one to pair rows by; empty for by place; null to choose: a plain key where there is one. */
      readonly key: readonly number[] | null;
    };
    result: Comparison;
  };
  /** Host → engine: statistics of one column. */
  columnStatistics: {
    params: TaskRef & RowsRef & { readonly column: number };
    result: ColumnStatistics;
  };
  /** Host → engine: a column's values with how often they occur, the most frequent first, for choosing among them. */
  distinctValues: {
    params: TaskRef &
      RowsRef & {
        readonly column: number;
        /** Only values that contain this, in any case; empty for all. */
        readonly containing: string;
        readonly limit: number;
      };
    result: {
      readonly values: readonly ValueCount[];
      /** How many different ones contain the text, NULL among them when it is empty. */
      readonly distinct: number;
    };
  };
  /** Host → engine: what a selection comes to. */
  aggregate: { params: TaskRef & CellArea; result: SelectionAggregate };
  /** Host → engine: cells as text for the clipboard; `rows` is less than asked for when all would be too much. */
  copyText: {
    params: TaskRef &
      CellArea & {
        readonly format: CopyFormat;
        readonly headers: boolean;
        /** Name of the table in `INSERT` statements. */
        readonly table: string;
        /** Zone in which times with a zone are written; absent for the session's at the time of the run. */
        readonly timeZone?: string | null;
      };
    result: { readonly text: string; readonly rows: number };
  };
  /** Host → engine: writes rows to a file: the whole of it or nothing. */
  exportResult: {
    params: TaskRef &
      CellArea & {
        readonly format: ExportFormat;
        /** Absolute path. */
        readonly file: string;
        readonly options: ExportOptions;
        /** As that of `copyText`; of no matter to formats whose times are moments. */
        readonly timeZone?: string | null;
      };
    result: ExportOutcome;
  };
  /**
   * Host → engine: makes a table of rows, as a run of its own that is recorded, guarded and confirmed like a statement;
   * in DuckDB's session or an attached database that allows writes.
   */
  materialise: {
    params: TaskRef &
      CellArea & {
        readonly runId: string;
        readonly target: TableTarget;
      };
    result: {
      readonly rows: number;
      /** What is not in the table as it is in the result: renamed columns, types without an equal. */
      readonly notes: readonly string[];
    };
  };
  /** Host → engine: what a chart draws, aggregated by DuckDB. */
  chartData: {
    params: TaskRef & RowsRef & { readonly chart: ChartSpec };
    result: ChartData;
  };
  /** Host → engine: keeps a result in a file, for later windows; `file` is an absolute path. */
  saveResult: {
    params: TaskRef & { readonly resultId: string; readonly file: string };
    result: null;
  };
  /** Host → engine: opens what `saveResult` has kept, under a new id. */
  openSaved: {
    params: { readonly file: string };
    result: { readonly resultId: string; readonly rowCount: number };
  };
  /** Host → engine: ends a task, which fails as `cancelled`; nothing happens when there is none of that name. */
  cancelTask: { params: TaskRef; result: null };
}

/** Events of results. */
export interface ResultEvents {
  /** Engine → host: how far a task is, a few times a second at most; `total` is null when unknown. */
  taskProgress: TaskRef & {
    readonly rows: number;
    readonly total: number | null;
  };
}
