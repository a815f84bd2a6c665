import { readFile } from "node:fs/promises";
import type { ConnectionSettings } from "../../core/connections/connectionSettings";
import { readService, serviceNames } from "../../core/connections/serviceFile";
import { viaductError } from "../../core/errors/makeError";
import type { LibpqEnvironment } from "./libpqEnvironment";

/** Reads libpq's connection service files. */
export class Services {
  constructor(private readonly environment: LibpqEnvironment) {}

  /**
   * A service out of `file`, or out of the first of libpq's own files that has it. Throws `serviceMissing`, which names
   * the files, or `serviceInvalid`.
   */
  async read(
    service: string,
    file: string | null,
  ): Promise<ConnectionSettings> {
    const looked: string[] = [];
    for (const path of this.filesOf(file)) {
      const text = await textOf(path);
      if (text !== null) {
        looked.push(path);
        const settings = readService(text, service, path);
        if (settings !== null) {
          return settings;
        }
      }
    }
    const [first] = looked;
    throw viaductError(
      "serviceMissing",
      first === undefined
        ? `The service "${service}" is not defined: there is no service file ${this.filesOf(file).join(" and no ")}.`
        : `The service "${service}" is not in ${looked.join(" and not in ")}.`,
      first === undefined ? {} : { file: { path: first, line: 0, column: 0 } },
    );
  }

  /** The names of the services, and the first file that there is; null when there is none. */
  async list(file: string | null): Promise<{
    readonly file: string | null;
    readonly services: readonly string[];
  }> {
    const services: string[] = [];
    let found: string | null = null;
    for (const path of this.filesOf(file)) {
      const text = await textOf(path);
      if (text !== null) {
        found ??= path;
        services.push(...serviceNames(text));
      }
    }
    if (found === null && file !== null) {
      throw viaductError(
        "serviceMissing",
        `The service file ${file} does not exist.`,
      );
    }
    return { file: found, services: [...new Set(services)] };
  }

  private filesOf(file: string | null): readonly string[] {
    return file === null ? this.environment.serviceFiles : [file];
  }
}

/** Null for a file that does not exist. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      return null;
    }
    throw viaductError(
      "serviceInvalid",
      `The service file ${path} cannot be read (${code ?? "unknown"}).`,
    );
  }
}
