import type { AttachmentSource } from "../../core/connections/attachment";
import { entryAlias } from "../../core/connections/attachmentSetting";
import { folderOf, type SettingFolder } from "./settingPaths";

/** A list of attachments where it stands. */
export interface AttachmentPlace {
  /** The folder whose settings have it; null for the list that all folders share. */
  readonly folder: SettingFolder | null;
  /** As it is written, whatever that is. */
  readonly entries: unknown;
}

/** True when a list has an entry of an alias; names of databases are the same in upper and lower case. */
function hasEntry({ entries }: AttachmentPlace, alias: string): boolean {
  return listOf(entries).some((entry) => isEntryOf(entry, alias));
}

/**
 * Where an attachment is saved: where it is already; a new one with the folder that the file of its source is in, so
 * that the folder has it in any window; otherwise where all folders share it.
 */
export function placeToSave(
  places: readonly AttachmentPlace[],
  folders: readonly SettingFolder[],
  alias: string,
  source: AttachmentSource | undefined,
): AttachmentPlace {
  const present = places.find((place) => hasEntry(place, alias));
  if (present !== undefined) {
    return present;
  }
  const file = source === undefined || !("file" in source) ? null : source.file;
  const folder = file === null ? null : (folderOf(folders, file) ?? null);
  return (
    places.find((place) => place.folder?.path === folder?.path) ?? {
      folder,
      entries: [],
    }
  );
}

/** The list with the entry of an alias replaced in its place, added, or, when `next` is null, left out. */
export function withEntry(
  { entries }: AttachmentPlace,
  alias: string,
  next: object | null,
): readonly unknown[] {
  const list = listOf(entries);
  const at = list.findIndex((entry) => isEntryOf(entry, alias));
  const others = list.filter((entry) => !isEntryOf(entry, alias));
  return next === null
    ? others
    : others.toSpliced(at < 0 ? others.length : at, 0, next);
}

function isEntryOf(entry: unknown, alias: string): boolean {
  return entryAlias(entry)?.toLowerCase() === alias.toLowerCase();
}

function listOf(entries: unknown): readonly unknown[] {
  return Array.isArray(entries) ? entries : [];
}
