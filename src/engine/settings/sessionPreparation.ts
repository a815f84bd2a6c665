import { existsSync } from "node:fs";
import { withTargetFiles } from "../../core/dbt/targetFiles";
import type { Redactor } from "../../core/errors/redactor";
import type { EngineInfo, EngineOptions } from "../../protocol/options";
import type { SessionLimits } from "../attachments/limits";
import { ownSettings, type Connections } from "../connections";
import { DbtProfileReader } from "../dbt/dbtProfiles";
import { DbtSession } from "../dbt/dbtSession";
import { EnvironmentFiles } from "../environment";
import type { Extensions } from "../extensions/extensions";
import { findVariable } from "../variables";
import { SessionSettings } from "./sessionSettings";
import { startSettings, type StartSettings } from "./startSettings";
import { wantedSettings, type WantedSetting } from "./wantedSettings";

/** What settings and the dbt output are applied with. */
export interface PreparationTools {
  readonly connections: Pick<Connections, "run" | "control">;
  readonly extensions: Extensions;
  readonly changeTimeouts: SessionLimits["change"];
}

/** What the settings and the dbt output of a session come to, before and after DuckDB is open. */
export class SessionPreparation {
  private constructor(
    readonly files: EnvironmentFiles,
    readonly profiles: DbtProfileReader,
    private readonly options: EngineOptions,
    private readonly redactor: Redactor,
    private readonly dbt: DbtSession,
    private readonly wanted: readonly WantedSetting[],
    private readonly start: StartSettings,
  ) {}

  /** Reads the dbt output and tries what has to be said when DuckDB starts. Never rejects for what is wrong with them. */
  static async begin(
    options: EngineOptions,
    redactor: Redactor,
  ): Promise<SessionPreparation> {
    const files = new EnvironmentFiles();
    const { envFiles } = options;
    const { env: processEnvironment } = process;
    const profiles = new DbtProfileReader({
      variable: (name, target) =>
        findVariable(name, {
          files,
          envFiles: withTargetFiles(envFiles, target),
          processEnvironment,
        }),
      redactor,
    });
    const dbt = await DbtSession.read(options.dbt, profiles);
    const wanted = wantedSettings(options.settings, dbt.output?.settings ?? []);
    const start = await startSettings(wanted);
    return new SessionPreparation(
      files,
      profiles,
      options,
      redactor,
      dbt,
      wanted,
      start,
    );
  }

  /** Absolute path of the workspace's DuckDB file, the options' before the profile's; null for one in memory. */
  get database(): string | null {
    return this.options.database ?? this.dbt.database;
  }

  /** Env files that `getenv()` reads, those of the output's target among them; later ones win. */
  get envFiles(): readonly string[] {
    const { envFiles } = this.options;
    return withTargetFiles(envFiles, this.dbt.target).filter(
      (file) => envFiles.includes(file) || existsSync(file),
    );
  }

  /** Settings to start DuckDB with. */
  get startValues(): Readonly<Record<string, string>> {
    return this.start.values;
  }

  /** Applies them, in the order in which they depend on one another; says what came of it. */
  async finish({
    connections,
    extensions,
    changeTimeouts,
  }: PreparationTools): Promise<Pick<EngineInfo, "settings" | "dbtProblems">> {
    const { dbt, redactor } = this;
    const settings = new SessionSettings(this.wanted, {
      connection: connections.run,
      extensions,
      changeTimeouts,
      redactor,
      own: ownSettings(this.options),
      databaseReadOnly: this.options.databaseReadOnly,
      started: this.start.outcome,
    });
    const tools = { connection: connections.control, extensions, redactor };
    await settings.apply("start", "early");
    await dbt.loadExtensions(tools);
    await settings.apply("usual");
    await dbt.apply(tools);
    await settings.apply("late");
    return {
      settings: await settings.report(),
      dbtProblems: dbt.problems(redactor),
    };
  }
}
