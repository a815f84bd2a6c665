/** Words of the search for where a result column comes from. */
import type { Node } from "./syntax";

/** A source column that a value comes from. */
export interface Flow {
  /** Whatever the caller knows it by. */
  readonly source: string;
  /** True for the value itself, false for what is computed from it. */
  readonly direct: boolean;
}

/** A column of a relation or of a query. */
export interface Column {
  readonly name: string;
  readonly flows: readonly Flow[];
  /** True where it stands for any number of columns whose names are not known. */
  readonly isOpen?: boolean;
  /** Of an open one: the columns that those with the same name are. */
  readonly choices?: readonly Column[];
}

/** The columns of what a statement names, by `mentionKey`; missing for what is not known. */
export type Relations = ReadonlyMap<string, readonly Column[]>;

/** A FROM item in sight. */
export interface Scope {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns of an earlier item that `USING` has merged these with: a star shows them once. */
  readonly merged: ReadonlySet<string>;
}

/** What is in sight where an expression stands. */
export interface Sight {
  /** The columns of a query inside. */
  readonly queryColumns: (query: Node, around: Sight) => Column[];
  readonly relations: Relations;
  readonly ctes: ReadonlyMap<string, readonly Column[]>;
  readonly scopes: readonly Scope[];
  /** Of the query around a subquery. */
  readonly outer: Sight | null;
  /** Expressions of the select list with a name, and parameters of lambdas. */
  readonly named: ReadonlyMap<string, readonly Flow[]>;
}

/** Thrown for a statement that is not understood: its columns may come from anything that it reads. */
export class Untraced extends Error {}

/** Both, each source once: as the value itself when it is that in one of them. */
export function joined(
  left: readonly Flow[],
  right: readonly Flow[],
): readonly Flow[] {
  const flows = new Map<string, Flow>();
  for (const flow of [...left, ...right]) {
    if (flow.direct || !flows.has(flow.source)) {
      flows.set(flow.source, flow);
    }
  }
  return [...flows.values()];
}

/** The flow of a value that is computed from another. */
export function derived({ source }: Flow): Flow {
  return { source, direct: false };
}

/** Names are the same in any case. */
export function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
