import type { Client } from "pg";
import { duckdbType } from "../../core/sql/parameterValue";
import type { Parameters, ParameterValue } from "../runs/parameters";
import { postgresError } from "./connect";
import type { ControlClient } from "./controlClient";
import { parameterOids } from "./parameterQuery";
import type { SessionClient } from "./sessionClient";
import type { TypeNames } from "./typeNames";

/** PostgreSQL's types for values whose type it cannot tell from the statement, by what DuckDB calls them. */
const oids: ReadonlyMap<string, number> = new Map([
  ["BOOLEAN", 16],
  ["INTEGER", 23],
  ["BIGINT", 20],
  ["HUGEINT", 1700],
  ["DOUBLE", 701],
  ["DATE", 1082],
  ["TIME", 1083],
  ["TIMESTAMP", 1114],
  ["TIMESTAMP WITH TIME ZONE", 1184],
  ["INTERVAL", 1186],
  ["UUID", 2950],
]);
const text = 25;
const numeric = 1700;

/** The SQLSTATE of a statement that leaves the type of a parameter open. */
const indeterminateType = "42P18";

/** The connections of a native session. */
interface Connections {
  readonly session: SessionClient | undefined;
  readonly control: ControlClient;
}

/** The names of the types that the server expects the parameters of a statement to have; null for what it cannot tell. */
export async function describedTypes(
  sql: string,
  names: readonly string[],
  {
    typeNames,
    ...connections
  }: Connections & { readonly typeNames: TypeNames },
): Promise<readonly (string | null)[]> {
  const found = await parameterOids(await asking(connections), sql);
  const fields = found.map((dataTypeID) => ({
    name: "",
    dataTypeID,
    dataTypeModifier: -1,
  }));
  const types = await typeNames.of(fields, () => connections.control.get());
  return names.map((name) => types[Number(name) - 1] ?? null);
}

/** OIDs of the types that values are meant to have, where the server cannot tell; none where it can. */
export async function meantTypes(
  sql: string,
  parameters: Parameters,
  connections: Connections,
): Promise<readonly number[]> {
  if (parameters.isEmpty) {
    return [];
  }
  try {
    await parameterOids(await asking(connections), sql);
    return [];
  } catch (error) {
    // Any other error is the statement's own, and comes again when it runs.
    return postgresError(error).info.code === indeterminateType
      ? meantOids(parameters.values)
      : [];
  }
}

/** A connection for a question that may fail: not one with a transaction that this would end. */
async function asking({ session, control }: Connections): Promise<Client> {
  return session?.isUsable === true && session.status === "I"
    ? session.client
    : control.get();
}

/** OIDs that say what values are meant to be, in the order of their numbers. */
function meantOids(values: readonly ParameterValue[]): number[] {
  return [...values]
    .sort((a, b) => Number(a.bound) - Number(b.bound))
    .map(({ type, value }) => {
      const name = value === null ? null : duckdbType(type, value);
      return name?.startsWith("DECIMAL") === true
        ? numeric
        : (oids.get(name ?? "") ?? text);
    });
}
