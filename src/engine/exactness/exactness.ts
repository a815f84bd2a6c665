import { scansOf, type Scan } from "../../core/results/exactness/scans";
import { mentionKey, type Mention } from "../../core/results/exactness/syntax";
import type { Cell } from "../../core/results/result";
import type { ExactWay } from "../../protocol/engine";
import type { Connection } from "../duckdb";
import type { Prepared } from "../duckdbStatement";
import {
  findingsOf,
  hiddenScans,
  isOnServer,
  merged,
  possibleScans,
  refuseUnanswered,
  tableOf,
  type Examined,
  type Findings,
} from "./findings";
import { KnownTables, type KnownTable } from "./knownTables";
import { RelationFacts } from "./relationFacts";
import type { LookedUpRelation, ServerLookup } from "./serverLookup";
import {
  meantRelations,
  remember,
  sourcesRead,
  type LookedUp,
} from "./sourcesRead";
import { traced } from "./traced";
import { Ways } from "./ways";

/** A statement that is looked into while it runs; null when nothing is to be said of it. */
export interface Examination {
  readonly findings: Promise<Findings | null>;
  /** Known after the findings: empty without any. */
  readonly ways: Promise<readonly ExactWay[]>;
}

/** What is known of a statement before it is looked at. */
interface KnownOfStatement {
  /** Of the result's columns. */
  readonly names?: readonly string[];
  /** DuckDB's, as `EXPLAIN (FORMAT json)` has it; null to ask for it. */
  readonly plan?: readonly (readonly Cell[])[] | null;
  /** Gives a statement its parameters. */
  readonly bind?: (prepared: Prepared) => Promise<void>;
}

/** What `Exactness` is made of. */
export interface ExactnessParts {
  /** The user's. */
  readonly connection: Connection;
  /** Another connection to the same instance. */
  readonly lookup: Connection;
  readonly servers: ServerLookup;
}

/** Finds out which columns of a result are not what the servers have: by DuckDB's plan, the statement and the servers' types. */
export class Exactness {
  private readonly known = new KnownTables();
  private readonly facts: RelationFacts;
  private readonly ways: Ways;

  constructor(private readonly parts: ExactnessParts) {
    this.facts = new RelationFacts(parts.connection, parts.lookup);
    this.ways = new Ways(parts.lookup, parts.servers);
  }

  /** Looks at a query that is about to run; servers are asked while it runs already. Null for one that reads nothing of them. */
  async begin(
    sql: string,
    known: KnownOfStatement = {},
  ): Promise<Examination | null> {
    const aliases = await this.aliases();
    if (aliases.length === 0 && this.known.isEmpty) {
      return null;
    }
    const scans = await this.scans(sql, known);
    if (scans?.some((scan) => this.isAboutServers(scan)) === false) {
      return null;
    }
    const names = known.names ?? (await this.columnNames(sql));
    const [row] = await this.parts.connection.rows("SELECT current_database()");
    const current = row?.[0] ?? "";
    const tables = (scans ?? []).flatMap(({ kind, name }) =>
      kind === "table" ? [name.toLowerCase().split(".").at(-1) ?? ""] : [],
    );
    const isServers = (mention: Mention): boolean =>
      isOnServer(mention, aliases, current);
    const examined: Examined =
      scans === null
        ? { names, scans: possibleScans(sql), facts: null, aliases, current }
        : {
            names,
            scans,
            facts: await this.facts.of(sql, new Set(tables), isServers),
            aliases,
            current,
          };
    const findings = this.answer(examined);
    const ways = findings.then((found) =>
      found === null ? [] : this.ways.of(sql, examined, found),
    );
    // They are awaited when there are rows, which may be never.
    findings.catch(() => undefined);
    ways.catch(() => undefined);
    return { findings, ways };
  }

  /** A statement has made a table of what it has read. */
  async noteTable(
    name: string,
    columns: readonly string[],
    findings: Findings | null,
    mode: "new" | "more",
  ): Promise<void> {
    if (findings === null && this.known.isEmpty) {
      return;
    }
    const [made] = (await this.scans(`SELECT * FROM ${name}`)) ?? [];
    if (made?.kind === "table") {
      const table = tableOf(
        columns.length === 0 ? made.columns : columns,
        findings,
      );
      this.known.note(
        made.name,
        mode === "new" ? table : merged(this.known.get(made.name), table),
      );
    }
  }

  private async answer(examined: Examined): Promise<Findings | null> {
    const { names, scans, facts, current } = examined;
    const lookedUp = await this.lookUp(examined);
    refuseUnanswered(examined, lookedUp);
    remember(this.known, lookedUp.relations);
    const mentions = facts?.mentions ?? [];
    const meant = new Set(
      mentions.flatMap((one) =>
        meantRelations(one, lookedUp.relations, current),
      ),
    );
    const hidden = hiddenScans(scans, meant);
    const read = lookedUp.relations.filter(
      (one) => meant.has(one) || hidden.has(one.name),
    );
    const sources = await sourcesRead(
      scans,
      read,
      lookedUp,
      this.parts.servers,
    );
    const copies = this.copies(scans);
    for (const copy of copies.values()) {
      for (const [id, source] of copy.sources) {
        sources.set(id, source);
      }
    }
    if (sources.size === 0) {
      return null;
    }
    const columns =
      facts === null || hidden.size > 0
        ? null
        : traced(facts, names, { lookedUp, copies, current });
    return { ...findingsOf(names, columns, sources), lookedUp };
  }

  /** Tables among those that are read of which something is known. */
  private copies(scans: readonly Scan[]): ReadonlyMap<string, KnownTable> {
    return new Map(
      scans.flatMap(({ kind, name }): [string, KnownTable][] => {
        const known = kind === "table" ? this.known.get(name) : undefined;
        return known === undefined ? [] : [[name.toLowerCase(), known]];
      }),
    );
  }

  private async lookUp({ scans, facts, aliases }: Examined): Promise<LookedUp> {
    const names = [
      ...new Set(
        scans.flatMap(({ kind, name }) => (kind === "relation" ? [name] : [])),
      ),
    ];
    const queries = (facts?.mentions ?? []).flatMap((mention) =>
      mention.query === null ? [] : [{ mention, query: mention.query }],
    );
    const silent: string[] = [];
    const relations =
      names.length === 0
        ? []
        : await Promise.all(
            aliases.map((alias) =>
              this.parts.servers
                .relations(alias, names)
                .catch((): LookedUpRelation[] => {
                  silent.push(alias);
                  return [];
                }),
            ),
          );
    const answers = await Promise.all(
      queries.map(async ({ mention, query: [alias, sql] }) => {
        const columns = await this.parts.servers
          .query(alias, sql)
          .catch(() => null);
        return columns === null
          ? []
          : ([[mentionKey(mention), { alias, columns }]] as const);
      }),
    );
    return {
      relations: relations.flat(),
      queries: new Map(answers.flat()),
      silent,
    };
  }

  private isAboutServers({ kind, name, columns }: Scan): boolean {
    switch (kind) {
      case "relation":
        return columns.length > 0;
      case "query":
        return true;
      case "table":
        return this.known.get(name) !== undefined;
    }
  }

  private async columnNames(sql: string): Promise<string[]> {
    const prepared = await this.parts.connection.prepare(sql);
    const names = prepared.columns.map(({ name }) => name);
    prepared.destroy();
    return names;
  }

  private async aliases(): Promise<string[]> {
    const rows = await this.parts.lookup.rows(
      "SELECT database_name FROM duckdb_databases() WHERE type = 'postgres'",
    );
    return rows.map(([name]) => name ?? "");
  }

  /** Null for what DuckDB does not explain. */
  private async scans(
    sql: string,
    { plan = null, bind }: KnownOfStatement = {},
  ): Promise<Scan[] | null> {
    const rows =
      plan ??
      (await this.parts.connection
        .preparedRows(`EXPLAIN (FORMAT json) ${sql}`, bind)
        .catch(() => null));
    return rows?.flatMap(([, plan]) => scansOf(plan ?? "") ?? []) ?? null;
  }
}
