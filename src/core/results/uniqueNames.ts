/** Names that no other column has, for formats in which a name stands for one column. */
export interface UniqueNames {
  readonly names: readonly string[];
  /** What was renamed, in one sentence; null for nothing. */
  readonly note: string | null;
}

/** How many new names a note spells out. */
const mostNamed = 5;

/** Empty names get one, and repeated ones a number; case does not tell two names apart, as in DuckDB. */
export function uniqueNames(names: readonly string[]): UniqueNames {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const taken = new Set<string>();
  const renamed: string[] = [];
  const unique = names.map((name, index) => {
    const base = name === "" ? `column${index + 1}` : name;
    let found = base;
    // What another column is called stays its own, also when that one comes later.
    for (
      let count = 1;
      taken.has(found.toLowerCase()) ||
      (found !== name && wanted.has(found.toLowerCase()));
      count += 1
    ) {
      found = `${base}_${count}`;
    }
    taken.add(found.toLowerCase());
    if (found !== name) {
      renamed.push(found);
    }
    return found;
  });
  return { names: unique, note: noteOf(renamed) };
}

function noteOf(renamed: readonly string[]): string | null {
  if (renamed.length === 0) {
    return null;
  }
  const named = renamed.slice(0, mostNamed).map((name) => `"${name}"`);
  const more = renamed.length > mostNamed ? ", …" : "";
  return `Columns without a name, or with the name of another, are called ${named.join(", ")}${more}.`;
}
