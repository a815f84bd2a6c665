import { existsSync } from "node:fs";
import { join } from "node:path";
import { quoteLiteral } from "../core/sql/quote";
import { classifyDuckdbError } from "../core/errors/classifyDuckdb";
import type { ErrorClass } from "../core/errors/errorInfo";
import { viaductError } from "../core/errors/makeError";
import type { ExtensionInfo } from "../protocol/extensions";
import type { Connection } from "./duckdb";

/** Short names that DuckDB itself understands, and the names of their files. */
const fileNames: Readonly<Record<string, string>> = {
  postgres: "postgres_scanner",
  sqlite: "sqlite_scanner",
  sqlite3: "sqlite_scanner",
  mysql: "mysql_scanner",
};

/** Parts of DuckDB that are extensions by name only: there is nothing to install. */
const builtIn = new Set([
  "json",
  "icu",
  "parquet",
  "core_functions",
  "autocomplete",
  "jemalloc",
]);

/** True for an extension that this DuckDB has inside. */
export function isBuiltInExtension(name: string): boolean {
  return builtIn.has(name.toLowerCase());
}

/** Installs and loads DuckDB extensions, from the configured repositories in their order and then from DuckDB's own. */
export class Extensions {
  constructor(
    private readonly connection: Connection,
    private readonly repositories: readonly string[],
    private readonly version: string,
    private readonly platform: string,
  ) {}

  /** Loads an extension, and installs it first when it is not there. */
  async ensure(name: string): Promise<void> {
    const loading = await this.tryLoad(name);
    if (loading === null) {
      return;
    }
    if (loading.info.class !== "extensionMissing") {
      throw loading;
    }
    await this.install(name);
  }

  /** Installs anew and loads. Throws an error that names every place that was tried. */
  async install(
    name: string,
    mode: "installOnly" | "installAndLoad" = "installAndLoad",
  ): Promise<ExtensionInfo> {
    const file = fileName(name);
    const failures: {
      readonly place: string;
      readonly class: ErrorClass;
      readonly reason: string;
    }[] = [];
    for (const repository of [...this.repositories, null]) {
      const place = this.place(repository, file);
      if (repository !== null && isFolder(repository) && !hasFile(place)) {
        failures.push({
          place,
          class: "extensionDownload",
          reason: "there is no such file",
        });
        continue;
      }
      try {
        await this.connection.run(
          installStatement(file, repository, mode === "installAndLoad"),
        );
        if (mode === "installAndLoad") {
          await this.connection.run(`LOAD ${file}`);
        }
        return await this.find(file);
      } catch (error) {
        const info = classifyDuckdbError(messageOf(error));
        failures.push({
          place,
          class: info.class,
          reason: info.message.split("\n")[0] ?? "",
        });
      }
    }
    const isInvalid = failures.some(
      (failure) => failure.class === "extensionInvalid",
    );
    const tried = failures.map(({ place, reason }) => `${place}: ${reason}`);
    throw viaductError(
      isInvalid ? "extensionInvalid" : "extensionDownload",
      `The DuckDB extension "${file}" could not be installed. Tried:\n${tried.join("\n")}`,
    );
  }

  /** Loads an installed extension. */
  async load(name: string): Promise<ExtensionInfo> {
    const failure = await this.tryLoad(name);
    if (failure !== null) {
      throw failure;
    }
    return this.find(fileName(name));
  }

  /** Every extension that DuckDB knows. */
  async list(): Promise<ExtensionInfo[]> {
    const rows = await this.connection.rows(
      `SELECT extension_name, installed::VARCHAR, loaded::VARCHAR, extension_version, description,
         array_to_string(aliases, ','), install_mode, coalesce(installed_from, '')
       FROM duckdb_extensions() ORDER BY extension_name`,
    );
    return rows.map(
      ([
        name,
        installed,
        loaded,
        version,
        description,
        aliases,
        mode,
        from,
      ]) => ({
        name: name ?? "",
        installed: installed === "true",
        loaded: loaded === "true",
        version: version ?? "",
        description: description ?? "",
        aliases: (aliases ?? "").split(",").filter((alias) => alias !== ""),
        builtIn: mode === "STATICALLY_LINKED",
        installedFrom: from ?? "",
      }),
    );
  }

  private async tryLoad(name: string) {
    const file = fileName(name);
    try {
      await this.connection.run(`LOAD ${file}`);
      return null;
    } catch (error) {
      const info = classifyDuckdbError(messageOf(error));
      const message =
        info.class === "extensionMissing"
          ? `The DuckDB extension "${file}" is not installed.`
          : `The DuckDB extension "${file}" cannot be loaded: ${info.message}`;
      return viaductError(info.class, message);
    }
  }

  private async find(file: string): Promise<ExtensionInfo> {
    const found = (await this.list()).find(({ name }) => name === file);
    return (
      found ?? {
        name: file,
        installed: true,
        loaded: true,
        version: "",
        description: "",
        aliases: [],
        builtIn: false,
        installedFrom: "",
      }
    );
  }

  private place(repository: string | null, file: string): string {
    const base = repository ?? "http://extensions.duckdb.org";
    const path = [this.version, this.platform, `${file}.duckdb_extension`];
    return repository !== null && isFolder(repository)
      ? join(base, ...path)
      : [base.replace(/\/+$/, ""), ...path].join("/") + ".gz";
  }
}

function fileName(name: string): string {
  const plain = name.toLowerCase();
  if (!/^[a-z0-9_]+$/.test(plain)) {
    throw viaductError(
      "extensionMissing",
      `"${name}" is no name of a DuckDB extension.`,
    );
  }
  return fileNames[plain] ?? plain;
}

function installStatement(
  file: string,
  repository: string | null,
  isForced: boolean,
): string {
  return `${isForced ? "FORCE " : ""}INSTALL ${file} FROM ${repository === null ? "core" : quoteLiteral(repository)}`;
}

function isFolder(repository: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:\/\//i.test(repository);
}

function hasFile(place: string): boolean {
  return existsSync(place) || existsSync(`${place}.gz`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
