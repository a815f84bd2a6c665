import { journalCatalog } from "../journal/journalNames";
import { viaductError } from "../errors/makeError";

/** Viaduct's own databases. */
const own = new Set(["viaduct_host", "viaduct_snapshot", journalCatalog]);

/** How the names begin of the databases through which rows of a result become a table. */
export const rowsCatalogPrefix = "viaduct_rows_";

/** True for a database that Viaduct itself has made. */
export function isOwnCatalog(name: string): boolean {
  const key = name.toLowerCase();
  return own.has(key) || key.startsWith(rowsCatalogPrefix);
}

/** Names that DuckDB keeps for itself, and the name of the workspace's database in memory. */
const reserved = new Set(["system", "temp", "main", "memory", ...own]);

/** The longest alias: PostgreSQL cuts names of its own at 63 bytes, and no list shows more. */
const longest = 63;

/** Throws `aliasInvalid` for an alias that DuckDB would refuse or that would hide one of its own catalogs. */
export function checkAlias(alias: string): void {
  if (alias === "" || alias.length > longest) {
    throw viaductError(
      "aliasInvalid",
      `An alias has between 1 and ${longest} characters; this one has ${alias.length}.`,
    );
  }
  // eslint-disable-next-line no-control-regex -- a control character in a name is what is looked for
  if (/[\u0000-\u001f\u007f]/.test(alias)) {
    throw viaductError(
      "aliasInvalid",
      "An alias cannot have control characters.",
    );
  }
  if (reserved.has(alias.toLowerCase()) || isOwnCatalog(alias)) {
    throw viaductError(
      "aliasInvalid",
      `The alias "${alias}" is a name that ${isOwnCatalog(alias) ? "Viaduct" : "DuckDB"} uses itself.`,
    );
  }
}
