import type { Client } from "pg";
import type { Field } from "./portal";

/** What the server says about a type. */
export interface TypeWords {
  /** As the server writes it: `numeric(12,2)`, `timestamp with time zone`. */
  readonly name: string;
  /** Labels of an enum, or of an array of one, in their order. */
  readonly labels?: readonly string[];
}

interface TypeRow {
  readonly key: string;
  readonly name: string;
  readonly labels: readonly string[] | null;
}

/** PostgreSQL's words about the types of fields. */
export class TypeNames {
  private readonly known = new Map<string, TypeWords>();

  /** Names of the fields' types; asked for on `client`, which must not be the one whose portal is open. */
  async of(
    fields: readonly Field[],
    client: () => Promise<Client>,
  ): Promise<string[]> {
    return (await this.wordsOf(fields, client)).map(({ name }) => name);
  }

  /** The same with all that the server says about them. */
  async wordsOf(
    fields: readonly Field[],
    client: () => Promise<Client>,
  ): Promise<TypeWords[]> {
    const unknown = fields.filter((field) => !this.known.has(key(field)));
    const asked =
      unknown.length > 0
        ? await this.ask(unknown, client).catch(() => null)
        : null;
    return fields.map(
      (field) =>
        this.known.get(key(field)) ??
        asked?.get(key(field)) ?? { name: `type ${field.dataTypeID}` },
    );
  }

  private async ask(
    fields: readonly Field[],
    client: () => Promise<Client>,
  ): Promise<ReadonlyMap<string, TypeWords>> {
    const pairs = fields.map(
      (field) => `(${field.dataTypeID}::oid, ${field.dataTypeModifier}::int)`,
    );
    const { rows } = await (
      await client()
    ).query<TypeRow>(
      `SELECT t.oid || ':' || modifier AS key, pg_catalog.format_type(t.oid, modifier) AS name, ${labelsOf(fields)} AS labels
       FROM (VALUES ${pairs.join(", ")}) AS t(oid, modifier)`,
    );
    const asked = new Map<string, TypeWords>();
    for (const { key: field, name, labels } of rows) {
      // `???` is a type that this session does not see yet, made in a transaction that is still open.
      if (name === "???") {
        continue;
      }
      const words = labels === null ? { name } : { name, labels };
      asked.set(field, words);
      // An enum may get another label at any time.
      if (labels === null) {
        this.known.set(field, words);
      }
    }
    return asked;
  }
}

function key({ dataTypeID, dataTypeModifier }: Field): string {
  return `${dataTypeID}:${dataTypeModifier}`;
}

/** First number of what users make in a database (FirstNormalObjectId): no type of PostgreSQL's own is an enum. */
const firstOfUsers = 16_384;

/** The labels of enums; without a look into the catalog, which someone may have locked, where there can be none. */
function labelsOf(fields: readonly Field[]): string {
  return fields.some(({ dataTypeID }) => dataTypeID >= firstOfUsers)
    ? `(SELECT pg_catalog.array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e
          WHERE e.enumtypid = t.oid OR e.enumtypid = (SELECT a.typelem FROM pg_catalog.pg_type a WHERE a.oid = t.oid AND a.typcategory = 'A'))`
    : "NULL::text[]";
}
