import { toErrorInfo } from "../errors/viaductError";
import type { AttachmentSpec } from "./attachment";
import { entryAlias, readEntry, type SettingPaths } from "./attachmentSetting";
import { check } from "./settingRecord";

/** One list of entries: a workspace of several folders has one for all of them, and one for each folder. */
export interface AttachmentList {
  readonly entries: unknown;
  readonly paths: SettingPaths;
  /** Name of the folder whose settings have it; null where that goes without saying. */
  readonly folder: string | null;
}

/** An entry that cannot be used, and why, without any value: it may be a secret. */
export interface SettingProblem {
  /** Its alias; null when it has none. */
  readonly alias: string | null;
  readonly message: string;
}

/** What the lists of `viaduct.attachments` say. */
export interface AttachmentSettings {
  readonly specs: readonly AttachmentSpec[];
  readonly problems: readonly SettingProblem[];
}

/**
 * Reads every entry of a window's lists; one that is wrong is a problem of its own, and the others are used. The window
 * has one session: an alias that an earlier entry has is taken, whatever folder it is of.
 */
export function readAttachmentLists(
  lists: readonly AttachmentList[],
): AttachmentSettings {
  const specs = new Map<string, AttachmentSpec>();
  const problems = lists.flatMap((list) => readList(list, specs));
  return { specs: [...specs.values()], problems };
}

function readList(
  { entries, paths, folder }: AttachmentList,
  specs: Map<string, AttachmentSpec>,
): readonly SettingProblem[] {
  const place =
    folder === null ? "the settings" : `the settings of folder "${folder}"`;
  if (!Array.isArray(entries)) {
    const message = `viaduct.attachments in ${place} is not a list of attachments.`;
    return [{ alias: null, message }];
  }
  return entries.flatMap((entry: unknown, index) => {
    const alias = entryAlias(entry);
    try {
      const spec = readEntry(entry, paths);
      // Catalog names are the same in upper and lower case.
      const key = spec.alias.toLowerCase();
      check(!specs.has(key), "another attachment has this alias already.");
      specs.set(key, spec);
      return [];
    } catch (error) {
      const name =
        alias === null ? `number ${String(index + 1)}` : `"${alias}"`;
      const message = `Attachment ${name} in ${place}: ${toErrorInfo(error).message}`;
      return [{ alias, message }];
    }
  });
}
