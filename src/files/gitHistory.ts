import { git, readBlobs, type GitLimits } from "./git";

/** At most this many versions of a file are looked at, the latest ones. */
const maxVersions = 500;

const limits: GitLimits = {
  timeoutMs: 10_000,
  maxBytes: 128 * 1024 * 1024,
};

/** All files that git tracks below a repository's root, with `/`; null when git cannot tell. */
export async function trackedFiles(
  root: string,
): Promise<ReadonlySet<string> | null> {
  return listFiles(root, []);
}

/** Those of them that a rule ignores, which git does not do for what it has; none when git cannot tell. */
export async function trackedThoughIgnored(
  root: string,
): Promise<ReadonlySet<string>> {
  const options = ["--cached", "--ignored", "--exclude-standard"];
  return (await listFiles(root, options)) ?? new Set();
}

async function listFiles(
  root: string,
  options: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const answer = await git(root, ["ls-files", "-z", ...options], "", limits);
  const paths = answer?.toString("utf8").split("\0");
  return paths === undefined
    ? null
    : new Set(paths.filter((path) => path !== ""));
}

/**
 * Since when values are in the history of a file, by its names before, too. The values are searched for in this
 * process: they are in no argument, and go to no other program.
 */
export async function valuesInHistory(
  root: string,
  path: string,
  values: readonly string[],
): Promise<readonly (string | null)[]> {
  const versions = await versionsOf(root, path);
  const blobs = await readBlobs(
    root,
    versions.map(({ id }) => id),
    limits,
  );
  return values.map((value) => {
    const oldest = versions.findLast(
      ({ id }) => value !== "" && blobs?.get(id)?.includes(value) === true,
    );
    return oldest?.date ?? null;
  });
}

interface Version {
  readonly id: string;
  readonly date: string;
}

/** The versions of a file, latest first. */
async function versionsOf(
  root: string,
  path: string,
): Promise<readonly Version[]> {
  const answer = await git(
    root,
    [
      "log",
      "--follow",
      `--max-count=${maxVersions}`,
      "--format=date %cI",
      "--raw",
      "--no-abbrev",
      "--no-ext-diff",
      "--no-textconv",
      "--no-color",
      "--diff-filter=AMRCT",
      "--",
      `:(top,literal)${path}`,
    ],
    "",
    limits,
  );
  const found: Version[] = [];
  let date = "";
  for (const line of (answer?.toString("utf8") ?? "").split("\n")) {
    if (line.startsWith("date ")) {
      date = new Date(line.slice(5).trim()).toISOString();
    } else if (line.startsWith(":")) {
      found.push({ id: line.split(" ")[3] ?? "", date });
    }
  }
  return found;
}
