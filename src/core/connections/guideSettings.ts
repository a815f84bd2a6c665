import type { ErrorInfo } from "../errors/errorInfo";
import { errorInfo } from "../errors/makeError";

/** What really does what a setting of the patterns guide promises. DuckDB has no setting of that name. */
export type GuideSetting =
  | {
      readonly kind: "timeouts";
      /** Null leaves it as it is. libpq takes a second for none, and 2 is its least. */
      readonly connectTimeoutSeconds: number | null;
      /** 0 for none; may have a fraction. */
      readonly statementTimeoutSeconds: number;
      readonly note: string;
    }
  | {
      readonly kind: "setting";
      /** The setting of DuckDB's that is set instead. */
      readonly name: "pg_pages_per_task";
      readonly value: string;
      readonly note: string;
    };

/** PostgreSQL's timeouts and DuckDB's UBIGINT go further than this; nobody means more. */
const largest = 2_147_483_647;

/** A page of PostgreSQL has 8 kB; a row of usual width takes about 80 bytes. */
const rowsPerPage = 100;

/**
 * The effect of `postgres_scanner_timeout` (milliseconds) or `postgres_scanner_batch_size` (rows), the settings that the
 * patterns guide invented; null for any other name. A value that is no whole number is an error.
 */
export function guideSetting(
  name: string,
  value: string,
):
  | GuideSetting
  | { readonly kind: "problem"; readonly problem: ErrorInfo }
  | null {
  const known = name.toLowerCase();
  const isTimeout = known === "postgres_scanner_timeout";
  if (!isTimeout && known !== "postgres_scanner_batch_size") {
    return null;
  }
  const number = wholeNumber(value);
  if (number === null || (!isTimeout && number === 0)) {
    const unit = isTimeout
      ? "a whole number of milliseconds, such as 30000, or 0 for none"
      : "a whole number of rows, such as 10000";
    return {
      kind: "problem",
      problem: errorInfo("conversion", `${known} has to be ${unit}.`, {
        hint: "Write the number without a unit.",
        actions: [],
      }),
    };
  }
  return isTimeout ? timeouts(number) : batchSize(number);
}

function timeouts(milliseconds: number): GuideSetting {
  if (milliseconds === 0) {
    return {
      kind: "timeouts",
      connectTimeoutSeconds: null,
      statementTimeoutSeconds: 0,
      note: "DuckDB has no setting postgres_scanner_timeout: 0 takes the statement timeout off new connections to PostgreSQL, and the connect timeout stays as it is.",
    };
  }
  const connect = Math.max(2, Math.ceil(milliseconds / 1000));
  return {
    kind: "timeouts",
    connectTimeoutSeconds: connect,
    statementTimeoutSeconds: milliseconds / 1000,
    note: `DuckDB has no setting postgres_scanner_timeout: new connections to PostgreSQL get a connect timeout of ${connect} s and a statement timeout of ${milliseconds} ms instead.`,
  };
}

function batchSize(rows: number): GuideSetting {
  const pages = Math.ceil(rows / rowsPerPage);
  return {
    kind: "setting",
    name: "pg_pages_per_task",
    value: String(pages),
    note: `DuckDB has no setting postgres_scanner_batch_size: ${rows} rows are pg_pages_per_task = ${pages} instead, the pages of 8 kB that one scan task reads, at about ${rowsPerPage} rows a page.`,
  };
}

/** Also as Python and SQL may write it: `30_000`, `'30000'`. */
function wholeNumber(value: string): number | null {
  const plain = value
    .trim()
    .replace(/^(['"])(.*)\1$/s, "$2")
    .trim();
  if (!/^\+?\d+(?:_\d+)*(?:\.0*)?$/.test(plain)) {
    return null;
  }
  const number = Number(plain.replaceAll("_", ""));
  return number <= largest ? number : null;
}
