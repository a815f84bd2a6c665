import type { Exporting } from "./fileFormat";

/** Counts, over all rows that are exported, those for which each condition is true. */
export async function countWhere(
  { task, ordered }: Pick<Exporting, "task" | "ordered">,
  conditions: readonly string[],
): Promise<number[]> {
  if (conditions.length === 0) {
    return [];
  }
  const counts = conditions.map(
    (condition) => `(count(*) FILTER (WHERE ${condition}))::VARCHAR`,
  );
  const { from, to } = ordered.range;
  const [row] = await task.connection.rows(
    `SELECT ${counts.join(", ")} FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to}`,
  );
  return (row ?? []).map(Number);
}

/** The sum of some of the counts. */
export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
