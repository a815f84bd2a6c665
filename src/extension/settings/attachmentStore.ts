import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { AttachmentList } from "../../core/connections/attachmentLists";
import { attachmentSetting } from "../../core/connections/attachmentSetting";
import {
  placeToSave,
  withEntry,
  type AttachmentPlace,
} from "./attachmentPlaces";
import {
  WorkspacePaths,
  type PathContext,
  type SettingFolder,
} from "./settingPaths";

/**
 * The lists of `viaduct.attachments`. A window has one session: in a workspace of several folders the list of the
 * workspace and those of all folders count together, each with the paths of its own folder.
 */
export class AttachmentStore {
  constructor(
    private readonly context: () => PathContext,
    /** The list that is no folder's own. */
    private readonly shared: () => unknown,
  ) {}

  /** Every list that counts, the shared one first. */
  get lists(): readonly AttachmentList[] {
    return this.places.map(({ folder, entries }) => ({
      entries,
      paths: this.pathsOf(folder),
      folder: folder?.name ?? null,
    }));
  }

  /** Adds or replaces the attachment of an alias, in its place, or removes it when `spec` is null. */
  async save(alias: string, spec: AttachmentSpec | null): Promise<void> {
    const folders = isOfSeveral() ? this.context().folders : [];
    const place = placeToSave(this.places, folders, alias, spec?.source);
    const { folder } = place;
    const entry =
      spec === null ? null : attachmentSetting(spec, this.pathsOf(folder));
    const next = withEntry(place, alias, entry);
    // Without a list of its own a workspace has the user's.
    const isNeeded =
      next.length > 0 ||
      (folder === null &&
        configuration(null).inspect("attachments")?.globalValue !== undefined);
    await configuration(folder).update(
      "attachments",
      isNeeded ? next : undefined,
      targetOf(folder),
    );
  }

  /** The folder whose settings have an attachment, or would have it; null for the list that all folders share. */
  folderOf({
    alias,
    source,
  }: Pick<AttachmentSpec, "alias" | "source">): SettingFolder | null {
    const folders = isOfSeveral() ? this.context().folders : [];
    return placeToSave(this.places, folders, alias, source).folder;
  }

  private get places(): readonly AttachmentPlace[] {
    const shared: AttachmentPlace = { folder: null, entries: this.shared() };
    if (!isOfSeveral()) {
      return [shared];
    }
    const own = this.context().folders.flatMap((folder) => {
      const entries =
        configuration(folder).inspect("attachments")?.workspaceFolderValue;
      return entries === undefined ? [] : [{ folder, entries: plain(entries) }];
    });
    return [shared, ...own];
  }

  /** A folder's settings mean that folder by a relative path. */
  private pathsOf(own: SettingFolder | null): WorkspacePaths {
    return new WorkspacePaths(() => {
      const context = this.context();
      return own === null
        ? context
        : {
            ...context,
            folders: [
              own,
              ...context.folders.filter(({ path }) => path !== own.path),
            ],
          };
    });
  }
}

/** True where the settings of a folder are not those of the workspace. */
function isOfSeveral(): boolean {
  return vscode.workspace.workspaceFile !== undefined;
}

function configuration(
  folder: SettingFolder | null,
): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(
    "viaduct",
    folder === null ? null : vscode.Uri.file(folder.path),
  );
}

function targetOf(folder: SettingFolder | null): vscode.ConfigurationTarget {
  if (folder !== null) {
    return vscode.ConfigurationTarget.WorkspaceFolder;
  }
  return vscode.workspace.workspaceFolders === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.Workspace;
}

/** VS Code hands out proxies, which cannot be sent to another process. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
