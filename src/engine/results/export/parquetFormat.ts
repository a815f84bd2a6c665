import {
  asText,
  parquetSql,
  type KeptAs,
} from "../../../core/results/export/parquetSql";
import { quoteIdentifier, quoteLiteral } from "../../../core/sql/quote";
import type { RelationColumn } from "../resultRelation";
import { Steps } from "../steps";
import { countWhere } from "./examine";
import type { Exporting, FileFormat } from "./fileFormat";

/** Columns that a note names. */
const mostNamed = 8;

/** Parquet: DuckDB writes it. */
export const parquetFormat: FileFormat = {
  needsUniqueNames: true,
  examining: 1,
  examine: async (exporting) => {
    const kept = await keptColumns(exporting, exporting.columns, parquetSql);
    return {
      notes: typeNotes(exporting.names, kept),
      write: ({ task, ordered, names }, file) =>
        writeParquet({ task, ordered, names }, kept, file),
    };
  },
  count: async ({ task }, file) => {
    const [row] = await task.connection.rows(
      `SELECT count(*)::VARCHAR FROM read_parquet(${quoteLiteral(file)})`,
    );
    return Number(row?.[0]);
  },
};

async function writeParquet(
  { task, ordered, names }: Pick<Exporting, "task" | "ordered" | "names">,
  kept: readonly KeptAs[],
  file: string,
): Promise<readonly string[]> {
  const columns = kept.map(
    ({ sql }, index) => `${sql} AS ${quoteIdentifier(names[index] ?? "")}`,
  );
  const { from, to } = ordered.range;
  // DuckDB keeps the order of a table's rows.
  const steps = new Steps(task, { rows: to - from, count: 1 });
  await steps.run(
    `COPY (SELECT ${columns.join(", ")} FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to}) ` +
      `TO ${quoteLiteral(file)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  return [];
}

/** The columns in the types that they are kept in; one whose values do not all fit its type is kept as text. */
export async function keptColumns(
  exporting: Pick<Exporting, "task" | "ordered">,
  columns: readonly RelationColumn[],
  keptAs: (column: RelationColumn) => KeptAs,
): Promise<KeptAs[]> {
  const kept = columns.map(keptAs);
  const unsure = kept.flatMap(({ isSure, sql }, index) =>
    isSure ? [] : [{ index, sql }],
  );
  const misses = await countWhere(
    exporting,
    unsure.map(
      ({ index, sql }) =>
        `${columns[index]?.value ?? ""} IS NOT NULL AND ${sql} IS NULL`,
    ),
  );
  const missing = new Set(
    unsure.filter((_, at) => misses[at] !== 0).map(({ index }) => index),
  );
  return columns.map((column, index) => {
    const one = kept[index] ?? keptAs(column);
    return missing.has(index)
      ? asText(column, `has values that ${one.type} has not, written as text`)
      : one;
  });
}

/** What is not as it is in the result, a sentence for each reason. */
export function typeNotes(
  names: readonly string[],
  kept: readonly KeptAs[],
): string[] {
  const byReason = new Map<string, string[]>();
  kept.forEach(({ note }, index) => {
    if (note !== null) {
      byReason.set(note, [
        ...(byReason.get(note) ?? []),
        `"${names[index] ?? ""}"`,
      ]);
    }
  });
  return [...byReason].map(([reason, columns]) => {
    const more = columns.length > mostNamed ? ", …" : "";
    return `${columns.slice(0, mostNamed).join(", ")}${more}: ${reason}.`;
  });
}
