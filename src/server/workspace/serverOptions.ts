import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { AcceptedValues } from "../../core/credentials/accepted";
import { readBaseline, type Baseline } from "../../core/credentials/baseline";
import {
  defaultLintSettings,
  readLintSettings,
  type LintSettings,
} from "../../core/credentials/lintSettings";
import type { LintOptions } from "../../core/credentials/options";
import { globTest } from "../../core/files/ignoreRules";
import { deriveHash } from "../../files/deriveHash";

/** One folder of the workspace, with the baseline that lies in it. */
interface FolderOptions {
  /** Absolute. */
  readonly path: string;
  readonly baselineFile: string | null;
  readonly accepted: AcceptedValues;
}

/**
 * What the settings, the `viaduct-lint.json` and the baselines of the folders make of the lint. Read anew by `load`,
 * which reads only: a workspace need not be trusted for it.
 */
export class ServerOptions {
  private folders: readonly FolderOptions[] = [];
  private isOut: (path: string) => boolean = () => false;
  private chosen: LintSettings = defaultLintSettings;

  constructor(private readonly warn: (message: string) => void) {}

  /** What is set: the settings of the editor, and those of the folders' own files before them. */
  get settings(): LintSettings {
    return this.chosen;
  }

  /** Reads what there is for the folders (`file:` URIs) and settings. */
  load(folders: readonly string[], given: LintSettings): void {
    const paths = folders.flatMap((uri) => pathOfUri(uri) ?? []);
    const files = paths.map((path) => this.readConfig(path));
    const all = [...files, given];
    this.chosen = {
      rules: Object.assign({}, ...all.map(({ rules }) => rules)) as object,
      extraKeys: all.flatMap(({ extraKeys }) => extraKeys),
      allowedValues: all.flatMap(({ allowedValues }) => allowedValues),
      include: all.flatMap(({ include }) => include),
      exclude: all.flatMap(({ exclude }) => exclude),
      baseline: given.baseline,
    };
    this.isOut = globTest(this.chosen.exclude);
    this.folders = paths.map((path) => this.folderOptions(path));
  }

  /** Reads the folders' baselines again, and forgets which of their entries matched. */
  reload(): void {
    this.folders = this.folders.map(({ path }) => this.folderOptions(path));
  }

  /** The options that documents are checked by from now on. */
  options(): LintOptions {
    const { rules, extraKeys } = this.chosen;
    const everywhere = new AcceptedValues(
      this.chosen.allowedValues,
      null,
      () => null,
      deriveHash,
    );
    return {
      rules,
      extraKeys,
      accepts: (value, rule, uri) =>
        (this.folderOf(uri)?.accepted ?? everywhere).accepts(value, rule, uri),
    };
  }

  /** True for a document that the settings exclude. */
  isExcluded(uri: string): boolean {
    const path = pathOfUri(uri);
    const folder = this.folderOf(uri);
    return (
      path !== null &&
      folder !== null &&
      this.isOut(slashed(relative(folder.path, path)))
    );
  }

  /** Absolute path of the baseline of a folder, there or not, and its path of a document; null for none. */
  baselineFor(
    folder: string,
    uri: string,
  ): { readonly file: string; readonly path: string } | null {
    const root = pathOfUri(folder);
    const path = pathOfUri(uri);
    if (root === null || path === null || this.chosen.baseline === "") {
      return null;
    }
    const file = join(root, this.chosen.baseline);
    const within = slashed(relative(dirname(file), path));
    return within.startsWith("..") ? null : { file, path: within };
  }

  /** Entries of the baselines that matched nothing, of the documents (by path) that were checked. */
  staleEntries(wasChecked: (path: string) => boolean): number {
    return this.folders.reduce(
      (sum, { accepted, baselineFile }) =>
        baselineFile === null
          ? sum
          : sum +
            accepted.stale((path) =>
              wasChecked(join(dirname(baselineFile), path)),
            ).length,
      0,
    );
  }

  private folderOf(uri: string): FolderOptions | null {
    const path = pathOfUri(uri);
    const around =
      path === null
        ? []
        : this.folders.filter(
            (folder) => !relative(folder.path, path).startsWith(".."),
          );
    // Of folders within folders the innermost.
    return around.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
  }

  private folderOptions(path: string): FolderOptions {
    const name = this.chosen.baseline;
    const baselineFile = name === "" ? null : join(path, name);
    const baseline =
      baselineFile === null ? null : this.readBaseline(baselineFile, name);
    const base = baselineFile === null ? path : dirname(baselineFile);
    const accepted = new AcceptedValues(
      this.chosen.allowedValues,
      baseline,
      (uri) => {
        const file = pathOfUri(uri);
        const within = file === null ? ".." : slashed(relative(base, file));
        return within.startsWith("..") ? null : within;
      },
      deriveHash,
    );
    return { path, baselineFile, accepted };
  }

  private readBaseline(file: string, shown: string): Baseline | null {
    const text = readText(file);
    const result = text === null ? null : readBaseline(text);
    if (result !== null && "problem" in result) {
      this.warn(`The baseline ${shown} is not used: ${result.problem}`);
      return null;
    }
    return result?.baseline ?? null;
  }

  private readConfig(folder: string): LintSettings {
    const name = "viaduct-lint.json";
    const text = readText(join(folder, name));
    if (text === null) {
      return defaultLintSettings;
    }
    try {
      const { settings, problems } = readLintSettings(JSON.parse(text));
      for (const problem of problems) {
        this.warn(`${name}: ${problem}`);
      }
      return settings;
    } catch {
      this.warn(`${name} is not used: it is not JSON.`);
      return defaultLintSettings;
    }
  }
}

/** What a cell's URI begins with; on Windows its host is that of a shared folder, unless it has the sign of a remote. */
const cellBegin =
  process.platform === "win32"
    ? /^vscode-notebook-cell:(?:\/\/[^/]*(?:[+:]|%2b|%3a)[^/]*(?=\/))?/i
    : /^vscode-notebook-cell:(?:\/\/[^/]*)?/i;

/**
 * The path of a `file:` URI, and of the file whose cell a document is; null for any other. In a remote window the cell's
 * URI has the remote as its host (`wsl+ubuntu`, `localhost:8000`), and this process runs there.
 */
export function pathOfUri(uri: string): string | null {
  try {
    return fileURLToPath(uri.replace(cellBegin, "file:"));
  } catch {
    return null;
  }
}

/** A salt for new hashes. */
export function newSalt(): string {
  return randomBytes(16).toString("hex");
}

/** The text of a small file without its byte order mark; null when it cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return null;
  }
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
