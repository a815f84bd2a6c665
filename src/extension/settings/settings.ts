import * as vscode from "vscode";
import path from "node:path";
import type { AttachmentSpec } from "../../core/connections/attachment";

/** One entry of `viaduct.attachments`: a reference, never a value. */
export interface AttachmentSetting {
  readonly alias: string;
  /** Relative to the workspace folder, or absolute. */
  readonly envFile: string;
  readonly prefix?: string;
  readonly readOnly?: boolean;
}

/** Reads and writes Viaduct's settings; the only place that knows their keys. */
export class Settings {
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
    return this.read<readonly string[]>("envFiles", [".env"]).map((file) =>
      this.absolute(file),
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

  get codeLensEnabled(): boolean {
    return this.read("codeLens.enabled", true);
  }

  /** The attachments that the settings name. Entries that are not of the declared form are left out. */
  get attachments(): readonly AttachmentSpec[] {
    return this.read<readonly unknown[]>("attachments", [])
      .filter(isAttachmentSetting)
      .map((entry) => ({
        alias: entry.alias,
        source: {
          kind: "envFile",
          file: this.absolute(entry.envFile),
          prefix: entry.prefix ?? "POSTGRES_",
        },
        readOnly: entry.readOnly ?? true,
      }));
  }

  /** Adds or replaces an attachment, or removes it when `spec` is null. */
  async saveAttachment(
    alias: string,
    spec: AttachmentSpec | null,
  ): Promise<void> {
    const others = this.read<readonly unknown[]>("attachments", []).filter(
      (entry) => !isAttachmentSetting(entry) || entry.alias !== alias,
    );
    const next = spec === null ? others : [...others, this.toSetting(spec)];
    await this.write("attachments", next.length === 0 ? undefined : next);
  }

  /** Names the workspace's DuckDB file; null for a database in memory. */
  async saveDatabase(file: string | null): Promise<void> {
    await this.write(
      "database",
      file === null ? undefined : this.relative(file),
    );
  }

  /** `file` as seen from the workspace folder when it is inside of it, otherwise as it is. */
  relative(file: string): string {
    const folder = this.folder?.fsPath;
    if (folder === undefined) {
      return file;
    }
    const relative = path.relative(folder, file);
    return relative.startsWith("..") || path.isAbsolute(relative)
      ? file
      : relative.split(path.sep).join("/");
  }

  private toSetting(spec: AttachmentSpec): AttachmentSetting {
    return {
      alias: spec.alias,
      ...(spec.source.kind === "envFile"
        ? {
            envFile: this.relative(spec.source.file),
            prefix: spec.source.prefix,
          }
        : { envFile: "" }),
      readOnly: spec.readOnly,
    };
  }

  private absolute(file: string): string {
    const folder = this.folder?.fsPath;
    return folder === undefined
      ? path.resolve(file)
      : path.resolve(folder, file);
  }

  private read<T>(key: string, fallback: T): T {
    const value = vscode.workspace
      .getConfiguration("viaduct")
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

function isAttachmentSetting(entry: unknown): entry is AttachmentSetting {
  if (typeof entry !== "object" || entry === null) {
    return false;
  }
  const { alias, envFile, prefix, readOnly } = entry as Record<string, unknown>;
  return (
    typeof alias === "string" &&
    alias !== "" &&
    typeof envFile === "string" &&
    envFile !== "" &&
    (prefix === undefined || typeof prefix === "string") &&
    (readOnly === undefined || typeof readOnly === "boolean")
  );
}
