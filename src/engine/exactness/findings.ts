import { joined, same } from "../../core/results/exactness/lineageTypes";
import type { Scan } from "../../core/results/exactness/scans";
import { mentionKey, type Mention } from "../../core/results/exactness/syntax";
import {
  noticeOfHidden,
  verdictOn,
  verdictWithoutTrace,
  type Source,
  type Verdict,
} from "../../core/results/exactness/verdict";
import { lex } from "../../core/sql/lexer";
import { tokenValue } from "../../core/sql/tokenText";
import type { KnownTable } from "./knownTables";
import type { StatementFacts } from "./relationFacts";
import type { LookedUpRelation } from "./serverLookup";
import { meantRelations, type LookedUp } from "./sourcesRead";

/** What is known of a statement's result. */
export interface Findings {
  /** One for each column. */
  readonly verdicts: readonly Verdict[];
  /** Said beside the result; null for nothing. */
  readonly notice: string | null;
  /** What each column comes from, for a table that is made of it. */
  readonly table: KnownTable;
  /** What servers have said. */
  readonly lookedUp: LookedUp;
}

/** What DuckDB has said about a statement. */
export interface Examined {
  readonly names: readonly string[];
  readonly scans: readonly Scan[];
  readonly facts: StatementFacts | null;
  readonly aliases: readonly string[];
  /** The current database, in which names without one are. */
  readonly current: string;
}

/** Names of relations that the plan reads and the statement does not name: a macro does. */
export function hiddenScans(
  scans: readonly Scan[],
  meant: ReadonlySet<LookedUpRelation>,
): ReadonlySet<string> {
  const named = new Set([...meant].map(({ name }) => name));
  return new Set(
    scans.flatMap(({ kind, name }) =>
      kind === "relation" && !named.has(name) ? [name] : [],
    ),
  );
}

/** True for a name that is one of a server's relations. */
export function isOnServer(
  { path }: Mention,
  aliases: readonly string[],
  current: string,
): boolean {
  const isAlias = (name: string): boolean =>
    aliases.some((alias) => alias.toLowerCase() === name.toLowerCase());
  return path.length > 1 && isAlias(path[0] ?? "")
    ? true
    : path.length < 3 && isAlias(current);
}

/** What is said of a result; `columns` is null where it is not known what they come from. */
export function findingsOf(
  names: readonly string[],
  columns: KnownTable["columns"] | null,
  sources: ReadonlyMap<string, Source>,
): Omit<Findings, "lookedUp"> {
  if (columns === null) {
    return {
      verdicts: names.map((name) => verdictWithoutTrace(name, sources)),
      notice: null,
      table: {
        columns: names.map((name) => ({
          name,
          flows: [...sources.keys()].map((source) => ({
            source,
            direct: false,
          })),
        })),
        sources,
      },
    };
  }
  return {
    verdicts: columns.map(({ flows }) => verdictOn(flows, sources)),
    notice: noticeOfHidden(
      sources,
      columns.map(({ flows }) => flows),
    ),
    table: { columns, sources },
  };
}

/** For a statement without a plan (PIVOT): every name in it may be that of a relation, and all of that may be read. */
export function possibleScans(sql: string): Scan[] {
  const names = new Set(
    lex(sql).flatMap((token) =>
      token.kind === "word" || token.kind === "quotedIdentifier"
        ? [tokenValue(sql, token)]
        : [],
    ),
  );
  return [...names].map((name) => ({
    kind: "relation",
    name,
    columns: ["*"],
  }));
}

/** A table that was made of a result, with the names that its columns have. */
export function tableOf(
  names: readonly string[],
  findings: Findings | null,
): KnownTable {
  return {
    columns: names.map((name, index) => ({
      name,
      flows: findings?.table.columns[index]?.flows ?? [],
    })),
    sources: findings?.table.sources ?? new Map(),
  };
}

/** A table to which rows were added. */
export function merged(
  before: KnownTable | undefined,
  added: KnownTable,
): KnownTable {
  if (before === undefined) {
    return added;
  }
  const columns = before.columns.map(({ name, flows }) => ({
    name,
    flows: joined(
      flows,
      added.columns.find((one) => same(one.name, name))?.flows ?? [],
    ),
  }));
  const fresh = added.columns.filter(
    ({ name }) => !columns.some((one) => same(one.name, name)),
  );
  return {
    columns: [...columns, ...fresh],
    sources: new Map([...before.sources, ...added.sources]),
  };
}

/** Throws where a server that a statement reads has not answered: then nothing is known, and nothing must seem to be. */
export function refuseUnanswered(
  { scans, facts, current }: Examined,
  { relations, queries, silent }: LookedUp,
): void {
  const mentions = facts?.mentions ?? [];
  const isSilent = (name: string): boolean =>
    silent.some((alias) => alias.toLowerCase() === name.toLowerCase());
  const isUnknown =
    (silent.length > 0 &&
      scans.some(
        ({ kind, name }) =>
          kind === "relation" && !relations.some((one) => one.name === name),
      )) ||
    mentions.some((mention) =>
      mention.query === null
        ? (isSilent(mention.path[0] ?? "") || isSilent(current)) &&
          meantRelations(mention, relations, current).length === 0
        : !queries.has(mentionKey(mention)),
    );
  if (isUnknown) {
    throw new Error("a server gave no answer");
  }
}
