import { changeOf, type Change } from "../../core/results/exactness/changes";
import type {
  Reading,
  ServerColumn,
  ServerType,
  ServerTypes,
} from "../../core/results/exactness/serverTypes";
import { quoteIdentifier } from "../../core/sql/quote";
import type { PostgresCatalogs } from "../catalogs/postgresCatalog";
import { relationsSql, risksSql, typesSql } from "./serverQueries";

/** A relation of more bytes is not read through to find out whether it has a value that would be changed. */
const mostBytesLookedThrough = 16_000_000;

/** A column and what becomes of it; null for one that arrives as it is. */
export interface LookedUpColumn {
  readonly name: string;
  readonly change: Change | null;
}

/** A relation of a server. */
export interface LookedUpRelation {
  readonly alias: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly LookedUpColumn[];
  /** Small enough to be looked through for single values. */
  readonly isSmall: boolean;
}

interface Answer {
  readonly relations?:
    | readonly {
        readonly schema: string;
        readonly name: string;
        readonly bytes: number | null;
        readonly columns: readonly ServerColumn[];
      }[]
    | null;
  readonly types?: readonly (ServerType & { readonly oid: number })[] | null;
}

/** Asks servers what their columns really are. */
export class ServerLookup {
  constructor(
    private readonly servers: Pick<PostgresCatalogs, "query" | "describe">,
  ) {}

  /** Every relation with one of these names, in any schema of the alias. */
  async relations(
    alias: string,
    names: readonly string[],
  ): Promise<LookedUpRelation[]> {
    const answer = await this.ask(alias, relationsSql(names));
    const types = typesOf(answer);
    return (answer.relations ?? []).map(({ schema, name, bytes, columns }) => ({
      alias,
      schema,
      name,
      columns: lookedUp(columns, types, "relation"),
      isSmall: bytes !== null && bytes <= mostBytesLookedThrough,
    }));
  }

  /** What `postgres_query` answers. */
  async query(alias: string, sql: string): Promise<LookedUpColumn[]> {
    const columns = await this.servers.describe(alias, sql);
    const numbers = [...new Set(columns.map(({ type }) => type))];
    const types =
      numbers.length === 0
        ? new Map()
        : typesOf(await this.ask(alias, typesSql(numbers)));
    return lookedUp(columns, types, "query");
  }

  /** True for a query that the server understands. It is planned, not run. */
  async understands(alias: string, sql: string): Promise<boolean> {
    return this.servers.describe(alias, sql).then(
      () => true,
      () => false,
    );
  }

  /** The columns, of those named, that have a value which does not arrive as it is. Fails when that cannot be said. */
  async changedIn(
    { alias, schema, name, columns }: LookedUpRelation,
    wanted: readonly string[],
  ): Promise<readonly string[]> {
    const risks = columns.flatMap(({ name: column, change }) =>
      wanted.includes(column) && change?.risk
        ? [{ column, condition: change.risk(quoteIdentifier(column)) }]
        : [],
    );
    const [row = []] = await this.servers.query(
      alias,
      risksSql(
        schema,
        name,
        risks.map(({ condition }) => condition),
      ),
    );
    return risks.flatMap(({ column }, index) =>
      row[index] === "true" ? [column] : [],
    );
  }

  private async ask(alias: string, sql: string): Promise<Answer> {
    const [row] = await this.servers.query(alias, sql);
    return JSON.parse(row?.[0] ?? "{}") as Answer;
  }
}

function typesOf({ types }: Answer): ServerTypes {
  return new Map((types ?? []).map((type) => [type.oid, type]));
}

function lookedUp(
  columns: readonly ServerColumn[],
  types: ServerTypes,
  reading: Reading,
): LookedUpColumn[] {
  return columns.map((column) => ({
    name: column.name,
    change: changeOf(column, types, reading),
  }));
}
