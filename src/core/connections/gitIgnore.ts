import { IgnoreRules } from "../files/ignoreRules";

/** A `.gitignore` (or `.git/info/exclude`), and the folder that it is about. */
export interface GitIgnoreFile {
  /** From the repository's root, ending with `/`; empty for the root. */
  readonly folder: string;
  readonly text: string;
}

/** Whether a `.gitignore` beside `name` ignores it: a later `!` line takes it back. */
export function isIgnored(gitignore: string, name: string): boolean {
  return isPathIgnored([{ folder: "", text: gitignore }], name);
}

/**
 * Whether git ignores a path of a repository: the nearest file decides, and what is in an ignored folder is ignored
 * whatever is said below. `files` has the outermost first.
 */
export function isPathIgnored(
  files: readonly GitIgnoreFile[],
  path: string,
): boolean {
  const rules = files.reduce(
    (all, { folder, text }) => all.with(folder, text),
    IgnoreRules.none,
  );
  const parts = path.split("/");
  return parts.some((_, index) => {
    const isFolder = index < parts.length - 1;
    return rules.isIgnored(
      parts.slice(0, index + 1).join("/") + (isFolder ? "/" : ""),
    );
  });
}

/** A `.gitignore` with a line for `name` at its end, where it wins over the lines before. */
export function withIgnored(gitignore: string, name: string): string {
  const newline = gitignore.includes("\r\n") ? "\r\n" : "\n";
  const start =
    gitignore === "" || /\n$/.test(gitignore) ? gitignore : gitignore + newline;
  return start + ignorePattern(name) + newline;
}

/** What is special to git means itself behind a backslash. */
function ignorePattern(name: string): string {
  return name
    .replaceAll(/[\\*?[\]]/g, "\\$&")
    .replace(/^[#!]/, "\\$&")
    .replace(/ $/, "\\ ");
}
