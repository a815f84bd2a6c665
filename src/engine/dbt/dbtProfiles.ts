import { homedir } from "node:os";
import path from "node:path";
import type { DbtSource } from "../../core/connections/attachment";
import type { ConnectionSettings } from "../../core/connections/connectionSettings";
import { outputConnection } from "../../core/dbt/outputConnections";
import { outputTexts } from "../../core/dbt/outputSecrets";
import type { DbtProfiles, DbtSelection } from "../../core/dbt/profiles";
import {
  Profiles,
  projectProfileName,
  type ReadOutput,
} from "../../core/dbt/readProfiles";
import { ViaductError } from "../../core/errors/viaductError";
import type { Redactor } from "../../core/errors/redactor";
import type { EngineRequests } from "../../protocol/engine";
import { redactedError } from "../runs/statementRecorder";
import { besideFile } from "../sources/layers";
import { findProfiles, readDbtFile, resolveHere } from "./profileFiles";

/** What `DbtProfileReader` is made of. */
export interface DbtReaderParts {
  /** A variable of the env files, with those of a target, or of the environment. */
  readonly variable: (
    name: string,
    target: string | null,
  ) => string | undefined;
  readonly redactor: Redactor;
}

/** Reads profiles. Values stay in this process; names and problems may leave it. */
export class DbtProfileReader {
  constructor(private readonly parts: DbtReaderParts) {}

  /** What there is in a `profiles.yml`, by name. Throws `profileMissing` or `profileInvalid`. */
  async list(
    request: EngineRequests["readDbtProfiles"]["params"],
  ): Promise<DbtProfiles> {
    const file =
      request.file ??
      findProfiles({
        profilesFolder: request.profilesFolder ?? null,
        variable: this.parts.variable("DBT_PROFILES_DIR", null),
        folders: [request.projectFolder ?? process.cwd()],
        home: homedir(),
      });
    const folder = request.projectFolder ?? path.dirname(file);
    // No value leaves with the names: there is nothing to hide here.
    const list = (await this.profiles(file, folder, new Set())).list();
    const { redactor } = this.parts;
    return {
      file,
      profiles: list.map((profile) => ({
        ...profile,
        targets: profile.targets.map((target) => ({
          ...target,
          problems: target.problems.map((problem) =>
            redactedError(problem, redactor),
          ),
        })),
      })),
      projectProfile: await this.projectProfile(folder),
    };
  }

  /** What a reference to a connection of a profile says, by libpq's keywords. */
  async connection(source: DbtSource): Promise<ConnectionSettings> {
    const { file, profile, target, entry } = source;
    const output = await this.read(file, path.dirname(file), profile, target);
    return besideFile(outputConnection(output.map, entry, output), file);
  }

  /** The output that a session begins with. */
  output({
    file,
    projectFolder,
    profile,
    target,
  }: DbtSelection): Promise<ReadOutput> {
    return this.read(file, projectFolder, profile, target);
  }

  private async read(
    file: string,
    folder: string,
    profile: string,
    target: string | null,
  ): Promise<ReadOutput> {
    const seen = new Set<string>();
    const profiles = await this.profiles(file, folder, seen);
    const output = profiles.output(profile, target);
    const { secret, plain } = outputTexts(output.map);
    this.hide([...seen, ...secret], plain);
    return output;
  }

  private async profiles(
    file: string,
    folder: string,
    seen: Set<string>,
  ): Promise<Profiles> {
    return new Profiles(await readDbtFile(file), file, {
      variable: this.parts.variable,
      onSecret: (value) => seen.add(value),
      resolvePath: (name) => resolveHere(folder, name),
    });
  }

  private async projectProfile(folder: string): Promise<string | null> {
    const file = path.join(folder, "dbt_project.yml");
    try {
      return projectProfileName(await readDbtFile(file), file, {
        variable: (name) => this.parts.variable(name, null),
        onSecret: () => undefined,
      });
    } catch (error) {
      if (error instanceof ViaductError) {
        return null;
      }
      throw error;
    }
  }

  private hide(secrets: Iterable<string>, plain: readonly string[]): void {
    for (const secret of secrets) {
      this.parts.redactor.add(secret, plain);
    }
  }
}
