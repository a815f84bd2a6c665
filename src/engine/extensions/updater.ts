import { viaductError } from "../../core/errors/makeError";
import type { FileChecker } from "./checker";
import type { ExtensionTarget } from "./footer";
import type { InventoryEntry } from "./inventory";
import { coreRepository, placeIn } from "./places";
import type { ScratchInstances } from "./scratch";

/** What an update found, and what is there now. */
interface Versions {
  readonly previousVersion: string;
  readonly version: string;
}

/** Installs a newer build from where the installed one came from. */
export class Updater {
  constructor(
    private readonly scratch: ScratchInstances,
    private readonly checker: FileChecker,
    private readonly target: ExtensionTarget,
  ) {}

  async update({
    name,
    version,
    installedFrom,
  }: InventoryEntry): Promise<Versions> {
    const repository =
      installedFrom === "" || /^\w+$/.test(installedFrom)
        ? coreRepository
        : installedFrom;
    const place = placeIn(repository, name, this.target);
    if (place.kind === "folder" && place.missing === null) {
      const { problem } = await this.checker.check(place.file, name);
      if (problem !== null) {
        throw viaductError("extensionInvalid", problem);
      }
    }
    const [row] = await this.scratch.use(
      place.kind === "url" ? repository : null,
      (connection) => connection.rows(`UPDATE EXTENSIONS (${name})`),
    );
    const [, , outcome, previous, current] = row ?? [];
    if (outcome === "NOT_A_REPOSITORY" || outcome === "MISSING_INSTALL_INFO") {
      throw viaductError(
        "extensionDownload",
        `${name} was installed from the file ${installedFrom}, so there is no repository to look for a newer build in.`,
        {
          hint: "Install it again, from a repository or from a newer file.",
          actions: ["installExtension"],
        },
      );
    }
    return {
      previousVersion: previous ?? version,
      version: current ?? version,
    };
  }
}
