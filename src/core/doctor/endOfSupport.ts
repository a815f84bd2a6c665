/** When the makers' support of DuckDB's releases ends, by `major.minor`. */
const duckdb: Readonly<Record<string, string>> = {
  "1.3": "2026-01-26",
  "1.4": "2026-11-17",
  "1.5": "2027-03-31",
};

/** When the community's support of PostgreSQL's releases ends (postgresql.org/support/versioning). */
const postgres: Readonly<Record<number, string>> = {
  10: "2022-11-10",
  11: "2023-11-09",
  12: "2024-11-21",
  13: "2025-11-13",
  14: "2026-11-12",
  15: "2027-11-11",
  16: "2028-11-09",
  17: "2029-11-08",
  18: "2030-11-14",
};

/** Where a release stands on a day; dates are ISO, so that they compare as texts. */
export interface Support {
  readonly state: "supported" | "endsSoon" | "ended" | "unknown";
  readonly end: string;
}

/** So long before the end it is worth a word. */
const noticeMs = 60 * 24 * 3_600_000;

/** DuckDB's support of a version such as `v1.5.5`. */
export function duckdbSupport(version: string, today: string): Support {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const isOlder = major === "0" || (major === "1" && Number(minor) < 3);
  return support(
    duckdb[`${major ?? ""}.${minor ?? ""}`] ??
      (isOlder ? "2025-09-16" : undefined),
    today,
  );
}

/** PostgreSQL's support of a major version. */
export function postgresSupport(major: number, today: string): Support {
  return support(
    postgres[major] ?? (major < 10 ? "2021-11-11" : undefined),
    today,
  );
}

function support(end: string | undefined, today: string): Support {
  if (end === undefined) {
    return { state: "unknown", end: "" };
  }
  if (today > end) {
    return { state: "ended", end };
  }
  const left = Date.parse(end) - Date.parse(today);
  return { state: left <= noticeMs ? "endsSoon" : "supported", end };
}
