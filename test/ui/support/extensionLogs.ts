import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Everything that extensions and their host have logged so far: to print when a test fails, and to look for leaks. */
export async function extensionLogs(logs: string): Promise<string> {
  const files = await readdir(logs, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile() && file.name.endsWith(".log"))
    .map(async (file) => {
      const name = path.join(file.parentPath, file.name);
      return `--- ${path.relative(logs, name)}\n${await readFile(name, "utf8")}`;
    });
  return (await Promise.all(texts)).join("\n");
}
