import type { Change } from "./changes";
import type { Flow } from "./lineageTypes";

/** A column that a statement reads and that does not arrive as it is, or might not. */
export interface Source {
  readonly column: string;
  /** The relation in words: `pg.public.orders`, `postgres_query on pg`. */
  readonly of: string;
  readonly change: Change;
  /** For a change of single values: whether there are such values; null when nobody has looked. */
  readonly isFound: boolean | null;
}

/** What is said about a result column. */
export interface Verdict {
  /** As `ResultColumn.inexact`. */
  readonly inexact?: string;
  /** As `ResultColumn.caution`. */
  readonly caution?: string;
}

/** Sources by the name under which flows know them. */
export type Sources = ReadonlyMap<string, Source>;

/** What is said about a result column that comes from these. */
export function verdictOn(flows: readonly Flow[], sources: Sources): Verdict {
  const known = flows.flatMap((flow) => {
    const source = sources.get(flow.source);
    // What is computed from a text is as exact as with the right type.
    return source === undefined || (source.change.isText && !flow.direct)
      ? []
      : [{ source, flow }];
  });
  const changed = known.filter(({ source }) => isChanged(source));
  const [first] = changed;
  if (first !== undefined) {
    const others = new Set(changed.slice(1).map(({ source }) => source)).size;
    return {
      inexact: sentence(
        first.source,
        first.flow.direct ? "" : "Computed from ",
        others,
      ),
    };
  }
  const open = known.find(({ source }) => source.isFound === null);
  return open === undefined ? {} : { caution: cautionFor(open.source) };
}

/** The same where it is not known which columns come from which: those of the same name do, others may. */
export function verdictWithoutTrace(name: string, sources: Sources): Verdict {
  const all = [...sources.values()];
  const named = all.filter(
    ({ column }) => column.toLowerCase() === name.toLowerCase(),
  );
  const direct = named.find(isChanged);
  if (direct !== undefined) {
    return { inexact: sentence(direct, "", 0) };
  }
  const possible = all.filter(
    (source) => isChanged(source) && !source.change.isText,
  );
  const [first] = possible;
  if (first !== undefined) {
    return {
      inexact: sentence(first, "This may come from ", possible.length - 1),
    };
  }
  const open = all.find(
    (source) => source.isFound === null && !source.change.always,
  );
  return open === undefined ? {} : { caution: cautionFor(open) };
}

/** What is said about a statement that uses such columns without showing them; null for nothing. */
export function noticeOfHidden(
  sources: Sources,
  shown: readonly (readonly Flow[])[],
): string | null {
  const visible = new Set(shown.flat().map(({ source }) => source));
  const hidden = [...sources].flatMap(([id, source]) =>
    visible.has(id) || source.change.isText || !isChanged(source)
      ? []
      : [source],
  );
  const [first] = hidden;
  return first === undefined
    ? null
    : sentence(
        first,
        "The statement compares, joins or counts by ",
        hidden.length - 1,
      );
}

function isChanged({ change, isFound }: Source): boolean {
  return change.always || isFound === true;
}

function sentence(
  { column, of, change }: Source,
  opening: string,
  others: number,
): string {
  const subject = `${opening}"${column}" of ${of}`;
  const rest =
    others === 0
      ? ""
      : ` (as in ${others} more ${others === 1 ? "column" : "columns"} that it reads)`;
  if (!change.always) {
    return `${subject}, ${change.type}, with values that DuckDB changes: ${change.what}${rest}.`;
  }
  const relation = opening === "" ? " is " : ", which is ";
  return `${subject}${relation}${change.type}: ${change.what}${rest}.`;
}

function cautionFor({ column, of, change }: Source): string {
  return `"${column}" of ${of} (${change.type}) was not looked through for values that DuckDB changes: ${change.what}.`;
}
