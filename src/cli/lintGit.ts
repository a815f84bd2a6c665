import { dirname, relative } from "node:path";
import { trackedFiles, valuesInHistory } from "../files/gitHistory";
import { nearestFolder } from "../files/nodeFiles";
import type { FileResult, FoundFinding } from "./lintOne";

/** At most this many files are asked about. */
const maxFiles = 500;

/** The same results with what git knows of the findings. */
export async function withGitNotes(
  results: readonly FileResult[],
): Promise<FileResult[]> {
  const tracked = new Map<string, ReadonlySet<string> | null>();
  const noted: FileResult[] = [];
  let asked = 0;
  for (const result of results) {
    const { absolute } = result.file;
    const root =
      absolute === null || result.findings.length === 0 || asked >= maxFiles
        ? null
        : await nearestFolder(dirname(absolute), ".git");
    if (absolute === null || root === null) {
      noted.push(result);
      continue;
    }
    asked++;
    if (!tracked.has(root)) {
      tracked.set(root, await trackedFiles(root));
    }
    const files = tracked.get(root) ?? null;
    noted.push(
      files === null ? result : await noteFile(result, absolute, root, files),
    );
  }
  return noted;
}

async function noteFile(
  result: FileResult,
  absolute: string,
  root: string,
  tracked: ReadonlySet<string>,
): Promise<FileResult> {
  const path = relative(root, absolute).replaceAll("\\", "/");
  const isTracked = tracked.has(path);
  const since = await valuesInHistory(root, path, result.values);
  const findings = result.findings.map(
    ({ shown, masked }, index): FoundFinding => ({
      masked,
      shown: {
        ...shown,
        git: { isTracked, inHistorySince: since[index] ?? null },
      },
    }),
  );
  return { ...result, findings };
}
