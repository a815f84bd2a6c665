import { bindable } from "../../core/sql/bindable";
import type { SqlDialect } from "../../core/sql/parameters";
import type { ParameterDescription } from "../../protocol/parameters";
import type { Connection } from "../duckdb";
import type { Serial } from "../serial";
import { OwnTransaction } from "./ownTransaction";

/** How long the user waits at most to be asked for values, because an engine looks for their types. */
const describeForMs = 2_000;

/** Finds out which types the parameters of a statement are expected to have, and runs nothing. */
export interface Describing {
  /** Types by name or number as the statement has them; throws when they cannot be found out. */
  describe(
    sql: string,
    names: readonly string[],
  ): Promise<readonly (string | null)[]>;
}

/**
 * Asks an engine for the types of a statement's parameters when nothing else runs there; whatever it does not tell, or
 * not soon, is null.
 */
export async function describeParameters(
  engine: Describing,
  queue: Serial,
  text: string,
  dialect: SqlDialect,
): Promise<readonly ParameterDescription[]> {
  const { sql, parameters } = bindable(text, dialect);
  if (parameters.length === 0) {
    return [];
  }
  const names = parameters.map(({ bound }) => bound);
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<readonly null[]>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve([]);
    }, describeForMs);
  });
  // The next run waits for what is being looked for: it is the same connection.
  const asked = queue.run(() =>
    isLate
      ? Promise.resolve([])
      : engine.describe(sql, names).catch((): null[] => []),
  );
  const types = await Promise.race([asked, tooLate]);
  clearTimeout(timer);
  return parameters.map(({ key }, index) => ({
    key,
    engineType: types[index] ?? null,
  }));
}

/** The types that DuckDB expects parameters to have: what preparing the statement tells. */
export async function parameterTypes(
  connection: Connection,
  sql: string,
  names: readonly string[],
): Promise<readonly (string | null)[]> {
  const timer = setTimeout(() => {
    connection.interrupt();
  }, describeForMs);
  const transaction = new OwnTransaction(connection, true);
  try {
    await transaction.begin("READ ONLY");
    const prepared = await connection.prepare(sql);
    const types = names.map((name) => {
      const index = prepared.parameterIndex(name);
      return index === null ? null : prepared.parameterType(index);
    });
    prepared.destroy();
    return types;
  } finally {
    clearTimeout(timer);
    await transaction.rollback();
  }
}
