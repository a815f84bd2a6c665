import type { Exporting } from "./fileFormat";

/** Conditions of one query: what DuckDB makes of them grows with their square (measured). */
const together = 100;

/** Counts, over all rows that are exported, those for which each condition is true. */
export async function countWhere(
  { task, ordered }: Pick<Exporting, "task" | "ordered">,
  conditions: readonly string[],
): Promise<number[]> {
  const { from, to } = ordered.range;
  const found: number[] = [];
  for (let at = 0; at < conditions.length; at += together) {
    const counts = conditions
      .slice(at, at + together)
      .map((condition) => `(count(*) FILTER (WHERE ${condition}))::VARCHAR`);
    const [row] = await task.connection.rows(
      `SELECT ${counts.join(", ")} FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to}`,
    );
    found.push(...(row ?? []).map(Number));
    task.check();
  }
  return found;
}

/** The sum of some of the counts. */
export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
