function numbers(columns: number, rows: number): string {
  const cells = Array.from({ length: columns }, (_, at) => `i + ${at}`);
  return `SELECT ${cells.join(", ")} FROM range(${rows}) t(i)`;
}

/** Results of unusual shapes: a name, the statement, and the server that it runs on. */
export const shapes: readonly (readonly [string, string, on?: string])[] = [
  [
    "2M rows",
    "SELECT i AS id, md5(i::VARCHAR) AS h, i / 7.0 AS d, TIMESTAMP '2025-01-01' + to_seconds(i) AS t, '=' || i AS f FROM range(2000000) t(i)",
  ],
  ["2,000 columns", numbers(2_000, 80_000)],
  [
    "2,000 columns of text",
    numbers(2_000, 10_000).replaceAll(
      /i \+ (\d+)/g,
      "'some text ' || (i + $1)",
    ),
  ],
  [
    "cells of 1 MB",
    "SELECT repeat(chr(97 + i::INT % 26), 1000000) AS a, [i, i] AS b FROM range(600) t(i)",
  ],
  [
    "1,600 columns of a server",
    numbers(1_600, 8_000).replace("range(8000)", "generate_series(1, 8000)"),
    "pg",
  ],
  [
    "1M rows of a server",
    "SELECT i AS id, md5(i::text) AS h, i / 7.0 AS d, now() AS t FROM generate_series(1, 1000000) i",
    "pg",
  ],
];
