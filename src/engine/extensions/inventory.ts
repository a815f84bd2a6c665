import { viaductError } from "../../core/errors/makeError";
import type { ExtensionInfo } from "../../protocol/extensions";
import type { Connection } from "../duckdb";
import { withoutLogin } from "./places";

/** An extension, and where its installed file lies; an empty path for none. */
export interface InventoryEntry extends ExtensionInfo {
  readonly path: string;
}

/** What the session's DuckDB knows of extensions: `duckdb_extensions()`, by any of their names. */
export class Inventory {
  constructor(private readonly connection: Connection) {}

  async entries(): Promise<InventoryEntry[]> {
    const rows = await this.connection.rows(
      `SELECT extension_name, installed::VARCHAR, loaded::VARCHAR, extension_version, description,
         array_to_string(aliases, ','), install_mode, coalesce(installed_from, ''), coalesce(install_path, '')
       FROM duckdb_extensions() ORDER BY extension_name`,
    );
    return rows.map((row) => {
      const [name, installed, loaded, version, description, aliases, ...where] =
        row.map((cell) => cell ?? "");
      const [mode = "", from = "", path = ""] = where;
      const builtIn = mode === "STATICALLY_LINKED";
      return {
        name: name ?? "",
        installed: installed === "true",
        loaded: loaded === "true",
        version: version ?? "",
        description: description ?? "",
        aliases: (aliases ?? "").split(",").filter((alias) => alias !== ""),
        builtIn,
        installedFrom: withoutLogin(from),
        path: builtIn ? "" : path,
      };
    });
  }

  /** The extension that is called so, in any case and by any of its names; one that DuckDB does not know is new. */
  async find(name: string): Promise<InventoryEntry> {
    const plain = plainName(name);
    // One broken note beside an extension's file makes DuckDB list nothing at all; installing anew mends it.
    const entries = await this.entries().catch(() => []);
    const found = entries.find(
      (entry) => entry.name === plain || entry.aliases.includes(plain),
    );
    return (
      found ?? {
        name: plain === "postgres" ? "postgres_scanner" : plain,
        installed: false,
        loaded: false,
        version: "",
        description: "",
        aliases: [],
        builtIn: false,
        installedFrom: "",
        path: "",
      }
    );
  }
}

/** Without what only the engine needs. */
export function toExtensionInfo(entry: InventoryEntry): ExtensionInfo {
  const { name, installed, loaded, version, description } = entry;
  const { aliases, builtIn, installedFrom } = entry;
  return {
    name,
    installed,
    loaded,
    version,
    description,
    aliases,
    builtIn,
    installedFrom,
  };
}

/** The name as DuckDB has it; what cannot be one is refused before it gets near a statement. */
function plainName(name: string): string {
  const plain = name.trim().toLowerCase();
  if (!/^[a-z0-9_]+$/.test(plain)) {
    throw viaductError(
      "extensionMissing",
      `"${name}" is no name of a DuckDB extension.`,
    );
  }
  return plain;
}
