import * as vscode from "vscode";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { AttachmentSpec } from "../../core/connections/attachment";
import {
  readAttachmentLists,
  type AttachmentSettings,
} from "../../core/connections/attachmentLists";
import { AttachmentStore } from "./attachmentStore";
import {
  defaultBaselineFile,
  readLintSettings,
  type LintSettings,
} from "../../core/credentials/lintSettings";
import { envFilesOfFolders } from "./folderEnvFiles";
import {
  folderOf,
  WorkspacePaths,
  type PathContext,
  type SettingFolder,
} from "./settingPaths";

/** Which writes to an attached server are asked about before they are made. */
export type ConfirmWrites = "always" | "production" | "never";

/** What happens when a file that connection values come from has changed. */
export type ReconnectOnChange = "ask" | "always" | "never";

/** Reads and writes Viaduct's settings; the only place that knows their keys. */
export class Settings {
  private readonly pathContext = (): PathContext => {
    const profilesDir = (): string | null => this.dbtProfilesDir;
    return {
      folders: workspaceFolders(),
      home: homedir(),
      environment: process.env,
      // Only when it is asked for: it is a path itself, and read with the others of this context.
      get profilesDir() {
        return profilesDir();
      },
    };
  };
  private readonly paths = new WorkspacePaths(this.pathContext);
  private readonly attachmentLists = new AttachmentStore(this.pathContext, () =>
    this.read<unknown>("attachments", []),
  );

  /** The first folder of the workspace, which relative paths start from. */
  get folder(): vscode.Uri | undefined {
    return vscode.workspace.workspaceFolders?.[0]?.uri;
  }

  /** Absolute path of the DuckDB file, or null for a database in memory. */
  get database(): string | null {
    const file = this.read<string>("database", "").trim();
    return file === "" ? null : this.absolute(file);
  }

  /** Absolute paths of the env files that `getenv()` may read. */
  get envFiles(): readonly string[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) {
      return this.read<readonly string[]>("envFiles", [".env"]).map((file) =>
        this.absolute(file),
      );
    }
    return envFilesOfFolders(
      folders.map(({ uri }) => ({
        folder: uri.fsPath,
        files: this.read<readonly string[]>("envFiles", [".env"], uri),
        isOwn:
          vscode.workspace.getConfiguration("viaduct", uri).inspect("envFiles")
            ?.workspaceFolderValue !== undefined,
      })),
      (file) => this.absolute(file),
      existsSync,
    );
  }

  get connectTimeoutSeconds(): number {
    return this.read("connectTimeoutSeconds", 10);
  }

  get statementTimeoutSeconds(): number {
    return this.read("statementTimeoutSeconds", 0);
  }

  /** 0 for none. */
  get idleInTransactionTimeoutSeconds(): number {
    return this.read("idleInTransactionTimeoutSeconds", 0);
  }

  /** Null for the extension's own default. */
  get poolSize(): number | null {
    return this.read<number | null>("poolSize", null);
  }

  get databaseReadOnly(): boolean {
    return this.read("databaseReadOnly", false);
  }

  /** 0 keeps the file open. */
  get releaseDatabaseAfterSeconds(): number {
    return this.read("releaseDatabaseAfterSeconds", 10);
  }

  /** Absolute path of the folder with the `profiles.yml`, or null for dbt's own search order. */
  get dbtProfilesDir(): string | null {
    const folder = this.read<string>("dbt.profilesDir", "").trim();
    return folder === "" ? null : this.absolute(folder);
  }

  /** Name of the selected dbt profile; empty for none. */
  get dbtProfile(): string {
    return this.read<string>("dbt.profile", "").trim();
  }

  /** Name of the selected output of the profile; empty for the profile's default. */
  get dbtTarget(): string {
    return this.read<string>("dbt.target", "").trim();
  }

  get confirmWrites(): ConfirmWrites {
    return this.read<ConfirmWrites>("confirmWrites", "always");
  }

  get reconnectOnChange(): ReconnectOnChange {
    return this.read<ReconnectOnChange>("reconnectOnChange", "ask");
  }

  /** VS Code's own proxy; empty for none. */
  get httpProxy(): string {
    return vscode.workspace
      .getConfiguration("http")
      .get<string>("proxy", "")
      .trim();
  }

  get extensionRepository(): string {
    return this.read<string>("extensions.repository", "").trim();
  }

  get extensionDirectory(): string {
    return this.read<string>("extensions.directory", "").trim();
  }

  get duckdbSettings(): Readonly<Record<string, string>> {
    return this.read<Readonly<Record<string, string>>>("duckdb.settings", {});
  }

  get lintEnabled(): boolean {
    return this.read("lint.enabled", true);
  }

  /** Switches the credential lint on, where it was switched off. */
  async saveLintEnabled(): Promise<void> {
    const key = "lint.enabled";
    const settings = vscode.workspace.getConfiguration("viaduct");
    const isOwn = settings.inspect(key)?.workspaceValue !== undefined;
    const { Global, Workspace } = vscode.ConfigurationTarget;
    await settings.update(key, true, isOwn ? Workspace : Global);
  }

  /** What is set about the credential lint; what in it means nothing is left out. */
  get lint(): LintSettings {
    const { settings } = readLintSettings({
      rules: this.read("lint.rules", {}),
      extraKeys: this.read("lint.extraKeys", []),
      allowedValues: this.read("lint.allowedValues", []),
      include: this.read("lint.include", []),
      exclude: this.read("lint.exclude", []),
      baseline: this.read("lint.baseline", defaultBaselineFile),
    });
    return settings;
  }

  get codeLensEnabled(): boolean {
    return this.read("codeLens.enabled", true);
  }

  get historyEnabled(): boolean {
    return this.read("history.enabled", true);
  }

  /** Statements that are kept in the history. */
  get historyLimit(): number {
    return this.read("history.limit", 1_000);
  }

  /** How many tabs of results are kept that are not pinned. */
  get keptResultTabs(): number {
    return this.read("results.keptTabs", 8);
  }

  /** The zone that results show times with a zone in; empty for that of each run. */
  get resultsTimeZone(): string {
    return this.read<string>("results.timeZone", "").trim();
  }

  /** Whether exports keep spreadsheets from taking texts for formulas. */
  readonly guardFormulas = (): boolean =>
    this.read("results.guardFormulas", true);

  /** The attachments that the settings name. */
  get attachments(): readonly AttachmentSpec[] {
    return this.attachmentSettings.specs;
  }

  /** The attachments that the settings name, and the entries that cannot be used. */
  get attachmentSettings(): AttachmentSettings {
    return readAttachmentLists(this.attachmentLists.lists);
  }

  /** The folder whose settings have an attachment; null for none of its own. */
  folderOfAttachment(
    spec: Pick<AttachmentSpec, "alias" | "source">,
  ): SettingFolder | null {
    return this.attachmentLists.folderOf(spec);
  }

  /** Adds or replaces the attachment of an alias, in its place, or removes it when `spec` is null. */
  async saveAttachment(
    alias: string,
    spec: AttachmentSpec | null,
  ): Promise<void> {
    await this.attachmentLists.save(alias, spec);
  }

  /** Names the workspace's DuckDB file; null for a database in memory. */
  async saveDatabase(file: string | null): Promise<void> {
    await this.write(
      "database",
      file === null ? undefined : this.written(file),
    );
  }

  /** Lets `getenv()` read this env file, too, and before the others of its folder. */
  async addEnvFile(file: string): Promise<void> {
    const folder = folderOf(workspaceFolders(), file);
    if (vscode.workspace.workspaceFile === undefined || folder === undefined) {
      const files = this.read<readonly string[]>("envFiles", [".env"]);
      await this.write("envFiles", [...files, this.written(file)]);
      return;
    }
    const uri = vscode.Uri.file(folder.path);
    await vscode.workspace
      .getConfiguration("viaduct", uri)
      .update(
        "envFiles",
        [
          ...this.read<readonly string[]>("envFiles", [".env"], uri),
          path.relative(folder.path, file).split(path.sep).join("/"),
        ],
        vscode.ConfigurationTarget.WorkspaceFolder,
      );
  }

  /** Names the dbt output that the session uses; null for none. */
  async saveDbt(
    choice: {
      readonly profilesDir: string;
      readonly profile: string;
      readonly target: string;
    } | null,
  ): Promise<void> {
    await this.write("dbt.profilesDir", choice?.profilesDir || undefined);
    await this.write("dbt.profile", choice?.profile);
    await this.write("dbt.target", choice?.target);
  }

  /** Adds an entry to the values that the credential lint allows. */
  async allowValue(entry: string): Promise<void> {
    const known = this.read<readonly string[]>("lint.allowedValues", []);
    if (!known.includes(entry)) {
      await this.write("lint.allowedValues", [...known, entry]);
    }
  }

  /** `file` as it is shown: from the workspace folder, with its name where there are several, or from `~`. */
  relative(file: string): string {
    return this.paths.shown(file);
  }

  /** `file` as it is written into settings: from the first workspace folder, or from `~`. */
  written(file: string): string {
    return this.paths.relative(file);
  }

  /** The `profiles.yml` that dbt would take. */
  get profilesFile(): string {
    return this.paths.profilesFile();
  }

  private absolute(file: string): string {
    return this.paths.absolute(file);
  }

  private read<T>(key: string, fallback: T, scope?: vscode.Uri): T {
    // Null, not undefined: what is meant is the whole workspace, whatever folder's file is being edited.
    const value = vscode.workspace
      .getConfiguration("viaduct", scope ?? null)
      .get<T>(key, fallback);
    // VS Code hands out proxies, which cannot be sent to another process.
    return JSON.parse(JSON.stringify(value)) as T;
  }

  private async write(key: string, value: unknown): Promise<void> {
    const target =
      this.folder === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace;
    await vscode.workspace
      .getConfiguration("viaduct")
      .update(key, value, target);
  }
}

function workspaceFolders(): readonly SettingFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
    name,
    path: uri.fsPath,
  }));
}
