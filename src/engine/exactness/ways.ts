import {
  nativeStatement,
  textStatement,
  type NamedRelation,
} from "../../core/results/exactness/exactWays";
import { mentionKey, type Mention } from "../../core/results/exactness/syntax";
import type { ExactWay } from "../../protocol/engine";
import type { Connection } from "../duckdb";
import type { Examined, Findings } from "./findings";
import type { LookedUpColumn, ServerLookup } from "./serverLookup";
import { meantRelations } from "./sourcesRead";

/** Finds the ways on which a statement's values do not change. */
export class Ways {
  constructor(
    private readonly lookup: Connection,
    private readonly servers: ServerLookup,
  ) {}

  async of(
    sql: string,
    { facts, current }: Examined,
    findings: Findings,
  ): Promise<ExactWay[]> {
    const isAsked =
      findings.notice !== null ||
      findings.verdicts.some(({ inexact }) => inexact !== undefined);
    if (facts === null || !isAsked) {
      return [];
    }
    const named = facts.mentions.map((mention) =>
      namedRelation(mention, findings, current),
    );
    const onServers = named.filter((one) => one !== null);
    const isLocal = onServers.length < named.length || facts.locals.length > 0;
    const server = isLocal ? null : await this.onServer(sql, onServers);
    const text = await this.asText(sql, onServers, isLocal);
    return [server, text].filter((way) => way !== null);
  }

  private async onServer(
    sql: string,
    named: readonly NamedRelation[],
  ): Promise<ExactWay | null> {
    const [first] = named;
    const native = nativeStatement(sql, named);
    return first !== undefined &&
      native !== null &&
      (await this.servers.understands(first.alias, native))
      ? { kind: "server", alias: first.alias, sql: native }
      : null;
  }

  /** With tables of DuckDB's own, whether it fits can only be seen where they are in sight: in the user's session. */
  private async asText(
    sql: string,
    named: readonly NamedRelation[],
    isLocal: boolean,
  ): Promise<ExactWay | null> {
    const text = textStatement(sql, named);
    return text !== null && (isLocal || (await this.fits(text)))
      ? { kind: "text", alias: named[0]?.alias ?? "", sql: text }
      : null;
  }

  private async fits(sql: string): Promise<boolean> {
    try {
      (await this.lookup.prepare(sql)).destroy();
      return true;
    } catch {
      return false;
    }
  }
}

function namedRelation(
  mention: Mention,
  { lookedUp, table }: Findings,
  current: string,
): NamedRelation | null {
  const query = lookedUp.queries.get(mentionKey(mention));
  if (query !== undefined) {
    const columns = namedColumns(query.columns, () => true);
    return { mention, alias: query.alias, relation: null, columns };
  }
  const [only, second] = meantRelations(mention, lookedUp.relations, current);
  if (only === undefined || second !== undefined) {
    return null;
  }
  const { alias, schema, name, columns } = only;
  return {
    mention,
    alias,
    relation: { schema, name },
    // Of a change that only single values know, those columns that have such values.
    columns: namedColumns(
      columns,
      (column) =>
        table.sources.get(`${alias}.${schema}.${name}.${column}`)?.isFound ===
        true,
    ),
  };
}

function namedColumns(
  columns: readonly LookedUpColumn[],
  isChanged: (column: string) => boolean,
): NamedRelation["columns"] {
  return columns.map(({ name, change }) => ({
    name,
    asText: change !== null && !change.isText && isChanged(name),
  }));
}
