import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { inRepository } from "./paths";
import { extensionSources } from "./setup/extensionSources.mjs";

/** The DuckDB that the tests run, and where. */
const version = "v1.5.5";
const platform = "linux_amd64";

/**
 * The file of an official extension that Viaduct does not come with, fetched once; null where it cannot be had, so that
 * what needs it is left out.
 */
export async function testExtension(name: string): Promise<string | null> {
  const folder = inRepository(".cache", "other-extensions", version, platform);
  const file = path.join(folder, `${name}.duckdb_extension`);
  if (existsSync(file)) {
    return file;
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    return null;
  }
  for (const source of extensionSources) {
    try {
      const content = await source.fetch({ name, version, platform });
      await mkdir(folder, { recursive: true });
      const part = `${file}.${String(process.pid)}`;
      await writeFile(part, content);
      await rename(part, file);
      return file;
    } catch {
      // The next one may have it.
    }
  }
  return null;
}
