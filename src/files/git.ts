import { execFile } from "node:child_process";

/** What bounds a question to git. */
export interface GitLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const defaultLimits: GitLimits = {
  timeoutMs: 30_000,
  maxBytes: 256 * 1024 * 1024,
};

/**
 * Settings that a repository could run programs by are off: a folder that is only read must not be able to start any.
 */
const harmless = [
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.quotePath", "false"],
  ["core.pager", "cat"],
  ["diff.external", ""],
  ["log.showSignature", "false"],
].flatMap(([name = "", value = ""]) => ["-c", `${name}=${value}`]);

/** What git answers; null without git, outside of a repository, when it fails, and beyond the limits. */
export function git(
  cwd: string,
  args: readonly string[],
  input = "",
  limits: GitLimits = defaultLimits,
): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const child = execFile(
      "git",
      ["--no-pager", ...harmless, ...args],
      {
        cwd,
        encoding: "buffer",
        timeout: limits.timeoutMs,
        maxBuffer: limits.maxBytes,
        windowsHide: true,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
      },
      (error, stdout) => {
        resolve(error === null ? stdout : null);
      },
    );
    // A git that ends early takes no input any more; its exit says why.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/** Absolute path of the repository's working tree that a folder is in, or null. */
export async function repositoryRoot(folder: string): Promise<string | null> {
  const answer = await git(folder, ["rev-parse", "--show-toplevel"]);
  const root = answer?.toString("utf8").replace(/\r?\n$/, "");
  return root === undefined || root === "" ? null : root;
}

/** The contents of blobs by their ids, each once; null when git cannot tell. */
export async function readBlobs(
  root: string,
  ids: readonly string[],
  limits?: GitLimits,
): Promise<ReadonlyMap<string, Buffer> | null> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) {
    return new Map();
  }
  const input = `${wanted.join("\n")}\n`;
  const answer = await git(root, ["cat-file", "--batch"], input, limits);
  return answer === null ? null : parseBatch(answer);
}

/** `ID blob SIZE`, a line break, that many bytes, a line break; `ID missing` for what is not there. */
function parseBatch(answer: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  let at = 0;
  while (at < answer.length) {
    const lineEnd = answer.indexOf(10, at);
    if (lineEnd < 0) {
      break;
    }
    const [id = "", type, size] = answer
      .toString("utf8", at, lineEnd)
      .split(" ");
    at = lineEnd + 1;
    if (size !== undefined) {
      const end = at + Number(size);
      if (type === "blob") {
        found.set(id, answer.subarray(at, end));
      }
      at = end + 1;
    }
  }
  return found;
}
