import type { Client } from "pg";
import type { Field } from "./portal";

/** Names of PostgreSQL types as the server writes them: `numeric(12,2)`, `timestamp with time zone`. */
export class TypeNames {
  private readonly known = new Map<string, string>();

  /** The names of the fields' types; asked for on `client`, which must not be the one whose portal is open. */
  async of(
    fields: readonly Field[],
    client: () => Promise<Client>,
  ): Promise<string[]> {
    const unknown = fields.filter((field) => !this.known.has(key(field)));
    if (unknown.length > 0) {
      await this.ask(unknown, client).catch(() => undefined);
    }
    return fields.map(
      (field) => this.known.get(key(field)) ?? `type ${field.dataTypeID}`,
    );
  }

  private async ask(
    fields: readonly Field[],
    client: () => Promise<Client>,
  ): Promise<void> {
    const pairs = fields.map(
      (field) => `(${field.dataTypeID}::oid, ${field.dataTypeModifier}::int)`,
    );
    const { rows } = await (
      await client()
    ).query<{ key: string; name: string }>(
      `SELECT oid || ':' || modifier AS key, format_type(oid, modifier) AS name
       FROM (VALUES ${pairs.join(", ")}) AS field(oid, modifier)`,
    );
    for (const row of rows) {
      // `???` is a type that this session does not see yet, made in a transaction that is still open.
      if (row.name !== "???") {
        this.known.set(row.key, row.name);
      }
    }
  }
}

function key({ dataTypeID, dataTypeModifier }: Field): string {
  return `${dataTypeID}:${dataTypeModifier}`;
}
