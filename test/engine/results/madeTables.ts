import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { TableTarget } from "../../../src/protocol/results";
import type { TestEngine } from "../../support/engineHarness";

/** A new table in the schema that these tests may write to. */
export const inPostgres = {
  catalog: "pg",
  schema: "made",
  mode: "create",
} as const;

/** Tables that are made of results, each by a task of its own: `make-1`, `make-2`, … */
export class MadeTables {
  private tasks = 0;

  constructor(private readonly engine: () => TestEngine) {}

  /** Makes one of all rows that a statement returns. */
  readonly make = async (
    sql: string,
    target: Partial<TableTarget> & { readonly table: string },
    on?: string,
  ): Promise<{ readonly rows: number; readonly notes: readonly string[] }> => {
    const engine = this.engine();
    const { resultId, columns, rowCount } = await engine.succeed(sql, on);
    assert.ok(resultId);
    this.tasks += 1;
    return engine.handlers.materialise({
      taskId: `make-${this.tasks}`,
      runId: `make-run-${this.tasks}`,
      resultId,
      viewId: null,
      fromRow: 0,
      toRow: rowCount,
      columns: columns.map((_, at) => at),
      target: { catalog: "memory", schema: "main", mode: "create", ...target },
    });
  };

  /** Nothing of the way there is left, neither in the session nor on the disk. */
  readonly assertTidy = async (): Promise<void> => {
    const engine = this.engine();
    assert.deepEqual(
      await engine.rows(
        "SELECT database_name FROM duckdb_databases() WHERE database_name LIKE 'viaduct_rows%'",
      ),
      [],
    );
    const names = await readdir(path.join(engine.folder, "tmp"), {
      recursive: true,
    });
    assert.deepEqual(
      names.filter((name) => /rows-.*duckdb/.test(name)),
      [],
    );
  };
}
