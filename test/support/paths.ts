import path from "node:path";

/** The repository. */
const repository = path.resolve(import.meta.dirname, "../..");

/** A path inside the repository. */
export function inRepository(...parts: string[]): string {
  return path.join(repository, ...parts);
}
