import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import type {
  ExtensionCheck,
  ExtensionInfo,
  ExtensionPlace,
  ExtensionUpdate,
} from "../../protocol/extensions";
import type { Connection } from "../duckdb";
import { Serial } from "../serial";
import { FileChecker } from "./checker";
import { infoOf } from "./extensionTexts";
import type { ExtensionTarget } from "./footer";
import { Installer, removeExtension } from "./installer";
import { parseInstall } from "./installStatement";
import { Inventory, toExtensionInfo, type InventoryEntry } from "./inventory";
import { coreRepository } from "./places";
import type { ScratchInstances } from "./scratch";
import { Updater } from "./updater";

/** What `Extensions` is made of. */
export interface ExtensionParts {
  /** Of the session: extensions are loaded into its DuckDB. */
  readonly connection: Connection;
  readonly scratch: ScratchInstances;
  /** Tried in order, before DuckDB's own. */
  readonly repositories: readonly string[];
  readonly target: ExtensionTarget;
  /** A folder of the session's, for unpacked copies. */
  readonly folder: string;
  /** False: what an attachment needs and is not on this machine is asked for first. */
  readonly mayDownload: boolean;
}

const configured: ExtensionPlace = { kind: "configured" };

/** DuckDB's extensions: installs, loads, updates, checks and removes them. One change at a time. */
export class Extensions {
  private readonly inventory: Inventory;
  private readonly checker: FileChecker;
  private readonly installer: Installer;
  private readonly updater: Updater;
  private readonly working = new Serial();

  constructor(private readonly parts: ExtensionParts) {
    const { scratch, target, folder, repositories } = parts;
    this.inventory = new Inventory(parts.connection);
    this.checker = new FileChecker(scratch, target, folder);
    this.updater = new Updater(scratch, this.checker, target);
    this.installer = new Installer({
      scratch,
      checker: this.checker,
      inventory: this.inventory,
      repositories,
      target,
      folder,
    });
  }

  /** Every extension that DuckDB knows. */
  async list(): Promise<ExtensionInfo[]> {
    return (await this.inventory.entries()).map(toExtensionInfo);
  }

  /**
   * Loads what an attachment needs. What lies on this machine is installed for it; a download waits for consent and
   * fails as `extensionMissing`, which says what and from where. Answers how it came.
   */
  ensure(name: string): Promise<"loaded" | "installed"> {
    return this.working.run(async () => {
      const { name: known } = await this.inventory.find(name);
      const failure = await this.tryLoad(known);
      if (failure === null) {
        return "loaded";
      }
      if (failure.class !== "extensionMissing") {
        throw new ViaductError(failure);
      }
      const { mayDownload } = this.parts;
      try {
        await this.installer.install(
          known,
          configured,
          mayDownload ? "everywhere" : "local",
        );
      } catch (error) {
        throw mayDownload ? error : this.consentNeeded(known);
      }
      await this.mustLoad(known);
      return "installed";
    });
  }

  /** Installs anew and loads. */
  install(
    name: string,
    place: ExtensionPlace = configured,
  ): Promise<ExtensionInfo> {
    return this.working.run(async () => {
      const found = await this.inventory.find(name);
      if (!found.builtIn) {
        await this.installer.install(found.name, place);
      }
      return this.mustLoad(found.name);
    });
  }

  /** Loads an installed extension. */
  load(name: string): Promise<ExtensionInfo> {
    return this.working.run(async () =>
      this.mustLoad((await this.inventory.find(name)).name),
    );
  }

  /**
   * Carries out an INSTALL of the user's: looks through every repository where it names none, and is content with what
   * DuckDB has inside. Answers null for every other statement, and what there is to say otherwise.
   */
  async installAsWritten(
    sql: string,
  ): Promise<{ readonly notice: string | null } | null> {
    const statement = parseInstall(sql);
    if (statement === null) {
      return null;
    }
    const { name, from, isForced, hasMore } = statement;
    const isName = /^\w+$/.test(name);
    const found = isName ? await this.inventory.find(name) : null;
    if (found?.builtIn === true) {
      return {
        notice: `The extension ${found.name} is built into DuckDB: there is nothing to install.`,
      };
    }
    return this.working.run(async () => {
      if (found !== null && from === null && !hasMore) {
        if (isForced || !found.installed) {
          await this.installer.install(found.name, configured);
        }
      } else {
        await this.installer.checkPlace(found?.name ?? name, from);
        // The user's own words, where DuckDB may know a proxy's login.
        const isUrl = from !== null && from.includes("://");
        await this.parts.scratch.use(
          isUrl ? from : coreRepository,
          (connection) => connection.run(sql),
        );
      }
      return { notice: null };
    });
  }

  /** Looks for a newer build where the installed one came from, and installs that. */
  update(name: string): Promise<ExtensionUpdate> {
    return this.working.run(async () => {
      const before = await this.mustBeInstalled(name);
      const versions = before.builtIn
        ? { previousVersion: before.version, version: before.version }
        : await this.updater.update(before);
      return {
        ...toExtensionInfo(await this.inventory.find(before.name)),
        ...versions,
        updated: versions.version !== versions.previousVersion,
      };
    });
  }

  /** Checks an installed file: version, platform, signature. */
  verify(name: string): Promise<ExtensionCheck> {
    return this.working.run(async () => {
      const entry = await this.mustBeInstalled(name);
      const { version, platform } = this.parts.target;
      if (entry.builtIn) {
        return {
          name: entry.name,
          passed: true,
          summary: `${entry.name} is a part of DuckDB ${version}: there is no file to check.`,
        };
      }
      const { problem } = await this.checker.check(entry.path, entry.name);
      return {
        name: entry.name,
        passed: problem === null,
        summary:
          problem ??
          `${entry.name} ${entry.version} is built for DuckDB ${version} on ${platform}, and its signature is valid.`,
      };
    });
  }

  /** Removes the installed file; what is loaded stays so until the engine ends. */
  uninstall(name: string): Promise<ExtensionInfo> {
    return this.working.run(async () => {
      const entry = await this.mustBeInstalled(name);
      if (entry.builtIn) {
        throw viaductError(
          "extensionInvalid",
          `${entry.name} is a part of DuckDB: there is no file to remove.`,
          { hint: "Nothing was changed.", actions: [] },
        );
      }
      try {
        await removeExtension(entry.path);
      } catch (error) {
        throw viaductError(
          "extensionInvalid",
          `The file ${entry.path} cannot be removed (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`,
          {
            hint: "Windows keeps the file of a loaded extension: restart the engine, then uninstall it before it is used.",
            actions: ["restartEngine"],
          },
        );
      }
      return toExtensionInfo(await this.inventory.find(entry.name));
    });
  }

  private async mustBeInstalled(name: string): Promise<InventoryEntry> {
    const entry = await this.inventory.find(name);
    if (!entry.installed) {
      throw this.missing(entry.name);
    }
    return entry;
  }

  private async mustLoad(name: string): Promise<ExtensionInfo> {
    const failure = await this.tryLoad(name);
    if (failure !== null) {
      throw failure.class === "extensionMissing"
        ? this.missing(name)
        : new ViaductError(failure);
    }
    return toExtensionInfo(await this.inventory.find(name));
  }

  private async tryLoad(name: string): Promise<ErrorInfo | null> {
    try {
      await this.parts.connection.run(`LOAD ${name}`);
      return null;
    } catch (error) {
      const info = infoOf(error);
      return {
        ...info,
        message: `The DuckDB extension "${name}" cannot be loaded: ${info.message}`,
      };
    }
  }

  private missing(name: string): ViaductError {
    return viaductError(
      "extensionMissing",
      `The DuckDB extension "${name}" is not installed.`,
      { extension: { name, from: this.installer.downloadPlace(name) } },
    );
  }

  private consentNeeded(name: string): ViaductError {
    const from = this.installer.downloadPlace(name);
    return viaductError(
      "extensionMissing",
      `The DuckDB extension "${name}" is not installed and not on this machine: it has to be downloaded from ${from}.`,
      { extension: { name, from } },
    );
  }
}
