import { Steps } from "../steps";
import type { Exporting } from "./fileFormat";

/** Conditions of one query: what DuckDB makes of them grows with their square (measured). */
const together = 32;

/** Counts, over all rows that are exported, those for which each condition is true. */
export async function countWhere(
  { task, ordered }: Pick<Exporting, "task" | "ordered">,
  conditions: readonly string[],
): Promise<number[]> {
  const { from, to } = ordered.range;
  const steps = new Steps(task, {
    rows: to - from,
    count: Math.ceil(conditions.length / together),
  });
  const found: number[] = [];
  for (let at = 0; at < conditions.length; at += together) {
    const counts = conditions
      .slice(at, at + together)
      .map((condition) => `(count(*) FILTER (WHERE ${condition}))::VARCHAR`);
    const [row] = await steps.rows(
      `SELECT ${counts.join(", ")} FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to}`,
    );
    found.push(...(row ?? []).map(Number));
  }
  return found;
}
