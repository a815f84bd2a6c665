import type { Flow } from "../../core/results/exactness/lineageTypes";
import type { Source } from "../../core/results/exactness/verdict";

/** A column of a table, and what its values come from. */
export interface KnownColumn {
  readonly name: string;
  readonly flows: readonly Flow[];
}

/** Columns, and the sources that their flows are about. */
export interface KnownTable {
  readonly columns: readonly KnownColumn[];
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Tables of which this session knows that values in them were changed on their way from a server: what it has seen of
 * servers (for local copies that stand in for them), and tables that its statements have made of that.
 */
export class KnownTables {
  private readonly tables = new Map<string, KnownTable>();

  /** The table of a full name, `catalog.schema.table`, as DuckDB's plans write it. */
  get(name: string): KnownTable | undefined {
    return this.tables.get(name.toLowerCase());
  }

  get isEmpty(): boolean {
    return this.tables.size === 0;
  }

  /** Without sources there is nothing to know of it. */
  note(name: string, table: KnownTable): void {
    if (table.sources.size === 0) {
      this.tables.delete(name.toLowerCase());
    } else {
      this.tables.set(name.toLowerCase(), table);
    }
  }
}
