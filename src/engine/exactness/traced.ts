import { traceColumns } from "../../core/results/exactness/lineage";
import {
  joined,
  same,
  Untraced,
  type Column,
} from "../../core/results/exactness/lineageTypes";
import { mentionKey, type Node } from "../../core/results/exactness/syntax";
import type { KnownTable } from "./knownTables";
import type { LocalRelation, StatementFacts } from "./relationFacts";
import {
  flowingColumns,
  meantRelations,
  relationName,
  type LookedUp,
} from "./sourcesRead";

/** What the relations are that a statement names. */
interface Known {
  readonly lookedUp: LookedUp;
  /** Tables of which something is known, by their full names. */
  readonly copies: ReadonlyMap<string, KnownTable>;
  readonly current: string;
}

/** The columns of a statement with what they come from; null for a statement that is not understood. */
export function traced(
  facts: StatementFacts,
  names: readonly string[],
  known: Known,
): readonly Column[] | null {
  try {
    return new Tracing(facts, known).columns(facts.query, names);
  } catch (error) {
    if (error instanceof Untraced) {
      return null;
    }
    throw error;
  }
}

class Tracing {
  private readonly relations = new Map<string, readonly Column[]>();
  private readonly locals: ReadonlyMap<string, LocalRelation>;

  constructor(
    facts: StatementFacts,
    private readonly known: Known,
  ) {
    this.locals = new Map(
      facts.locals.map((local) => [mentionKey(local.mention), local]),
    );
    for (const mention of facts.mentions) {
      const key = mentionKey(mention);
      const columns = this.serverColumns(facts, key);
      if (columns !== null) {
        this.relations.set(key, columns);
      }
    }
    // A view may be made of another one: the innermost first.
    for (const local of facts.locals.toReversed()) {
      this.relations.set(mentionKey(local.mention), this.localColumns(local));
    }
  }

  columns(query: Node, names: readonly string[]): Column[] {
    return traceColumns(query, this.relations, names);
  }

  private serverColumns(
    { mentions }: StatementFacts,
    key: string,
  ): readonly Column[] | null {
    const query = this.known.lookedUp.queries.get(key);
    if (query !== undefined) {
      return flowingColumns(key, query.columns);
    }
    const mention = mentions.find((one) => mentionKey(one) === key);
    if (mention === undefined || this.locals.has(key)) {
      return null;
    }
    const { lookedUp, current } = this.known;
    const [first, ...others] = meantRelations(
      mention,
      lookedUp.relations,
      current,
    ).map((one) => flowingColumns(relationName(one), one.columns));
    return first === undefined
      ? null
      : first.map((column) => ({
          ...column,
          flows: others
            .flatMap((columns) =>
              columns.filter(({ name }) => same(name, column.name)),
            )
            .reduce((flows, other) => joined(flows, other.flows), column.flows),
        }));
  }

  private localColumns({ mention, columns, view }: LocalRelation): Column[] {
    if (view !== null) {
      return this.columns(view, columns).map((column, index) => ({
        ...column,
        name: columns[index] ?? column.name,
      }));
    }
    const bare = mention.path.at(-1)?.toLowerCase() ?? "";
    const copies = [...this.known.copies].flatMap(([name, copy]) =>
      name.endsWith(`.${bare}`) ? [copy] : [],
    );
    return columns.map((name) => ({
      name,
      flows: copies
        .flatMap((copy) => copy.columns.filter((one) => same(one.name, name)))
        .reduce<Column["flows"]>((all, one) => joined(all, one.flows), []),
    }));
  }
}
