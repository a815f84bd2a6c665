import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { LintSettings } from "../../core/credentials/lintSettings";
import type { LintOptions } from "../../core/credentials/options";
import { LineIndex } from "../../core/diagnostics/lineIndex";
import { lintFileText } from "../../core/files/lintFileText";
import {
  isWalked,
  walkFiles,
  type FileSelection,
} from "../../core/files/walkFiles";
import type { WorkspaceFinding } from "../../protocol/server";
import type { CheckedFolder } from "../../files/checkedFolder";
import { diskReader, readFileText } from "../../files/nodeFiles";

/** Longer files are left out, and told: one would hold up keystrokes. */
const maxCharacters = 5_000_000;

/** A file that was checked, or why not. */
export interface CheckedFile {
  readonly findings: readonly WorkspaceFinding[];
  readonly suppressed: number;
  readonly skipped: string | null;
  /** The text of each finding's value, in their order. Stays in this process. */
  readonly values: readonly string[];
}

/** Absolute paths of the files of a folder that are to be checked. */
export async function* workspaceFiles(
  folder: CheckedFolder,
  settings: LintSettings,
): AsyncGenerator<string> {
  const { root, within } = folder;
  const selection = selectionOf(folder, settings);
  for await (const each of walkFiles(diskReader(root), within, selection)) {
    if (each.kind === "file") {
      yield join(root, each.path);
    }
  }
}

/** True for a file of a folder that `workspaceFiles` gives. */
export async function isWorkspaceFile(
  folder: CheckedFolder,
  path: string,
  settings: LintSettings,
): Promise<boolean> {
  const { root } = folder;
  const file = relative(root, path).replaceAll("\\", "/");
  return isWalked(diskReader(root), file, selectionOf(folder, settings));
}

function selectionOf(
  { within, tracked }: CheckedFolder,
  { include, exclude }: LintSettings,
): FileSelection {
  return { include, exclude, gitIgnore: true, globFolder: within, tracked };
}

/** Checks one file from the disk. Never throws. */
export async function checkFile(
  path: string,
  options: LintOptions,
): Promise<CheckedFile> {
  const left = (skipped: string | null): CheckedFile => ({
    findings: [],
    suppressed: 0,
    skipped,
    values: [],
  });
  let text: string;
  try {
    const read = await readFileText(path);
    if (!("text" in read)) {
      return left(
        read.skipped === "binary" ? "It is a binary file." : "It is too large.",
      );
    }
    ({ text } = read);
  } catch {
    return left("It could not be read.");
  }
  return text.length > maxCharacters
    ? left(`It is longer than ${maxCharacters} characters.`)
    : checkText(uriOf(path), text, options);
}

function checkText(
  uri: string,
  text: string,
  options: LintOptions,
): CheckedFile {
  const { findings, suppressed } = lintFileText(uri, text, options);
  const lines = new LineIndex(text);
  const at = (offset: number) => {
    const { line, column } = lines.position(offset);
    return { line, character: column };
  };
  return {
    findings: findings.map(({ finding, cell }) => ({
      range: { start: at(finding.range.start), end: at(finding.range.end) },
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      masked: finding.masked ?? "",
      cell,
      inHistorySince: null,
    })),
    suppressed: suppressed.length,
    skipped: null,
    values: findings.map(({ finding: { range } }) =>
      text.slice(range.start, range.end),
    ),
  };
}

/** The `file:` URI of an absolute path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
