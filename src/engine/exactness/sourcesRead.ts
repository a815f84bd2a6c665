import type { Column, Flow } from "../../core/results/exactness/lineageTypes";
import type { Scan } from "../../core/results/exactness/scans";
import type { Mention } from "../../core/results/exactness/syntax";
import type { Source } from "../../core/results/exactness/verdict";
import type { KnownTables } from "./knownTables";
import type {
  LookedUpColumn,
  LookedUpRelation,
  ServerLookup,
} from "./serverLookup";

/** What servers have said of what a statement names. */
export interface LookedUp {
  readonly relations: readonly LookedUpRelation[];
  /** Of each `postgres_query`, by `mentionKey`. */
  readonly queries: ReadonlyMap<
    string,
    { readonly alias: string; readonly columns: readonly LookedUpColumn[] }
  >;
  /** Aliases whose servers gave no answer. */
  readonly silent: readonly string[];
}

/** `pg.public.orders`. */
export function relationName({
  alias,
  schema,
  name,
}: LookedUpRelation): string {
  return `${alias}.${schema}.${name}`;
}

/** The flow of a source column. */
function sourceFlow(of: string, column: string): Flow {
  return { source: `${of}.${column}`, direct: true };
}

/** A relation's columns as they flow into a statement. */
export function flowingColumns(
  of: string,
  columns: readonly LookedUpColumn[],
): Column[] {
  return columns.map(({ name, change }) => ({
    name,
    flows: change === null ? [] : [sourceFlow(of, name)],
  }));
}

/** The relations of servers that a mention may mean; with one of its name in `public`, that one. */
export function meantRelations(
  { path }: Mention,
  relations: readonly LookedUpRelation[],
  current: string,
): readonly LookedUpRelation[] {
  const [table = "", second, third] = path
    .map((part) => part.toLowerCase())
    .toReversed();
  const named = relations.filter(({ name }) => name.toLowerCase() === table);
  const of = (alias: string | undefined, schema: string | undefined) =>
    named.filter(
      (one) =>
        one.alias.toLowerCase() === (alias ?? current.toLowerCase()) &&
        (schema === undefined || one.schema.toLowerCase() === schema),
    );
  if (third !== undefined) {
    return of(third, second);
  }
  const inSchema = second === undefined ? [] : of(undefined, second);
  if (inSchema.length > 0) {
    return inSchema;
  }
  const any = of(second, undefined);
  const inPublic = any.filter(({ schema }) => schema === "public");
  return inPublic.length > 0 ? inPublic : any;
}

/** The columns that are read and do not arrive as they are, or might not. */
export async function sourcesRead(
  scans: readonly Scan[],
  read: readonly LookedUpRelation[],
  lookedUp: LookedUp,
  lookup: ServerLookup,
): Promise<Map<string, Source>> {
  const sources = new Map<string, Source>();
  await Promise.all(
    read.map(async (relation) => {
      const scanned = new Set(
        scans
          .filter(
            ({ kind, name }) => kind === "relation" && name === relation.name,
          )
          .flatMap(({ columns }) => columns),
      );
      const columns = relation.columns.filter(
        ({ name, change }) => change !== null && isScanned(name, scanned),
      );
      const found = await findings(relation, columns, lookup);
      for (const { name, change } of columns) {
        if (change !== null) {
          const of = relationName(relation);
          const isFound = change.always
            ? true
            : (found?.includes(name) ?? null);
          if (isFound !== false) {
            sources.set(`${of}.${name}`, { column: name, of, change, isFound });
          }
        }
      }
    }),
  );
  for (const [key, { alias, columns }] of lookedUp.queries) {
    for (const { name, change } of columns) {
      if (change !== null) {
        sources.set(`${key}.${name}`, {
          column: name,
          of: `the query on ${alias}`,
          change,
          isFound: change.always ? true : null,
        });
      }
    }
  }
  return sources;
}

/** Null when nobody has looked. */
async function findings(
  relation: LookedUpRelation,
  columns: readonly LookedUpColumn[],
  lookup: ServerLookup,
): Promise<readonly string[] | null> {
  const risky = columns.filter(({ change }) => change?.always === false);
  if (risky.length === 0) {
    return [];
  }
  return relation.isSmall
    ? lookup
        .changedIn(
          relation,
          risky.map(({ name }) => name),
        )
        .catch(() => null)
    : null;
}

/** The plan names a field of a struct where only that is read; `*` is all of them. */
function isScanned(column: string, scanned: ReadonlySet<string>): boolean {
  return (
    scanned.has("*") ||
    scanned.has(column) ||
    [...scanned].some((one) => one.startsWith(`${column}.`))
  );
}

/** What the session remembers of relations, for when a local copy stands in. */
export function remember(
  known: KnownTables,
  relations: readonly LookedUpRelation[],
): void {
  for (const relation of relations) {
    const of = relationName(relation);
    const sources = new Map(
      relation.columns.flatMap(({ name, change }): [string, Source][] =>
        change === null
          ? []
          : [
              [
                `${of}.${name}`,
                {
                  column: name,
                  of,
                  change,
                  isFound: change.always ? true : null,
                },
              ],
            ],
      ),
    );
    known.note(of, { columns: flowingColumns(of, relation.columns), sources });
  }
}
