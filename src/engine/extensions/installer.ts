import { rm } from "node:fs/promises";
import type { ErrorClass } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import { quoteLiteral } from "../../core/sql/quote";
import type { ExtensionPlace } from "../../protocol/extensions";
import type { FileChecker } from "./checker";
import { isNamed, nameOfFile, withPlainFile } from "./extensionFile";
import { firstLine, infoOf } from "./extensionTexts";
import type { ExtensionTarget } from "./footer";
import type { Inventory } from "./inventory";
import {
  coreRepository,
  isFolder,
  placeIn,
  type RepositoryPlace,
} from "./places";
import type { ScratchInstances } from "./scratch";

/** What `Installer` is made of. */
export interface InstallerParts {
  readonly scratch: ScratchInstances;
  readonly checker: FileChecker;
  readonly inventory: Inventory;
  /** Tried in order, before DuckDB's own. */
  readonly repositories: readonly string[];
  readonly target: ExtensionTarget;
  readonly folder: string;
}

/** Which repositories may be asked. */
export type Reach = "local" | "everywhere";

interface Failure {
  readonly place: string;
  readonly class: ErrorClass;
  readonly reason: string;
}

/** Brings an extension's file to where DuckDB loads it from; a file is checked before it gets there. */
export class Installer {
  constructor(private readonly parts: InstallerParts) {}

  /** Throws an error that names every place that was tried. */
  async install(
    name: string,
    place: ExtensionPlace,
    reach: Reach = "everywhere",
  ): Promise<void> {
    if (place.kind === "file") {
      await this.fromFile(place.file, name);
      return;
    }
    const failures: Failure[] = [];
    for (const repository of this.repositoriesOf(place, reach)) {
      const failure = await this.fromRepository(repository, name);
      if (failure === null) {
        return;
      }
      failures.push(failure);
    }
    throw failed(name, failures);
  }

  /** Before a statement of the user's: what lies on this machine has to fit. A bare word is a repository of DuckDB's. */
  async checkPlace(nameOrFile: string, from: string | null): Promise<void> {
    if (from !== null && isFolder(from) && !/^\w+$/.test(from)) {
      const place = placeIn(from, nameOrFile, this.parts.target);
      if (place.kind === "folder") {
        await this.checkFolder(place, nameOrFile);
      }
    } else if (
      from === null &&
      /\.duckdb_extension(?:\.gz)?$/.test(nameOrFile)
    ) {
      const { problem } = isFolder(nameOrFile)
        ? await this.parts.checker.check(nameOrFile, nameOfFile(nameOrFile))
        : { problem: null };
      if (problem !== null) {
        throw viaductError("extensionInvalid", problem);
      }
    }
  }

  /** The place on the network that is asked first when nothing is found on this machine. */
  downloadPlace(name: string): string {
    const url = this.parts.repositories.find(
      (repository) => !isFolder(repository),
    );
    return placeIn(url ?? coreRepository, name, this.parts.target).file;
  }

  private repositoriesOf(
    place: Exclude<ExtensionPlace, { kind: "file" }>,
    reach: Reach,
  ): readonly string[] {
    if (place.kind === "repository") {
      return [place.place];
    }
    const { repositories } = this.parts;
    return reach === "local"
      ? repositories.filter(isFolder)
      : [...repositories, coreRepository];
  }

  private async fromFile(file: string, name: string): Promise<void> {
    const { checker, scratch, folder } = this.parts;
    const { problem } = await checker.check(file, name);
    if (problem !== null) {
      throw viaductError("extensionInvalid", problem);
    }
    const install = (path: string): Promise<void> =>
      scratch.use(null, (connection) =>
        connection.run(`FORCE INSTALL ${quoteLiteral(path)}`),
      );
    await (isNamed(file, name)
      ? install(file)
      : withPlainFile(file, name, folder, install));
  }

  private async fromRepository(
    repository: string,
    name: string,
  ): Promise<Failure | null> {
    const place = placeIn(repository, name, this.parts.target);
    try {
      if (place.kind === "folder" && place.missing !== null) {
        return {
          place: place.file,
          class: "extensionDownload",
          reason: place.missing,
        };
      }
      if (place.kind === "folder") {
        await this.checkFolder(place, name);
      }
      await this.copy(place, name);
      if (place.kind === "url") {
        await this.checkDownload(name);
      }
      return null;
    } catch (error) {
      const info = infoOf(error);
      return {
        place: place.file,
        class: info.class,
        reason: firstLine(info),
      };
    }
  }

  private async checkFolder(
    { file, missing }: RepositoryPlace & { readonly kind: "folder" },
    name: string,
  ): Promise<void> {
    if (missing !== null) {
      throw viaductError("extensionDownload", `${file}: ${missing}.`);
    }
    const { problem } = await this.parts.checker.check(file, name);
    if (problem !== null) {
      throw viaductError("extensionInvalid", problem);
    }
  }

  private async copy(place: RepositoryPlace, name: string): Promise<void> {
    const { kind, repository } = place;
    const from =
      repository === coreRepository ? "core" : quoteLiteral(repository);
    await this.parts.scratch.use(
      kind === "url" ? repository : null,
      async (connection) => {
        if (repository.toLowerCase().startsWith("https:")) {
          await connection.run("LOAD httpfs").catch(() => {
            throw viaductError(
              "extensionMissing",
              "DuckDB reads https with its extension httpfs: install that first, from a folder or over http",
            );
          });
        }
        await connection.run(`FORCE INSTALL ${name} FROM ${from}`);
      },
    );
  }

  /** What came over the network is not kept when DuckDB would not load it. */
  private async checkDownload(name: string): Promise<void> {
    const { path } = await this.parts.inventory.find(name);
    const { problem } = await this.parts.checker.check(path, name);
    if (problem !== null) {
      await removeExtension(path);
      throw viaductError("extensionInvalid", problem);
    }
  }
}

/** Removes an installed file, and what DuckDB noted beside it. */
export async function removeExtension(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.info`, { force: true });
}

function failed(name: string, failures: readonly Failure[]): Error {
  const isInvalid = failures.some(
    (failure) => failure.class === "extensionInvalid",
  );
  const tried = failures.map(({ place, reason }) => `${place}: ${reason}`);
  return viaductError(
    isInvalid ? "extensionInvalid" : "extensionDownload",
    `The DuckDB extension "${name}" could not be installed. Tried:\n${tried.join("\n")}`,
  );
}
