import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { inRepository } from "../paths";

/** What the staging copy is made of: vsce then picks from it by `.vscodeignore`. */
const staged = [
  "package-lock.json",
  "package.nls.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  ".vscodeignore",
  "dist",
  "media",
  "syntaxes",
  "l10n",
  "docs",
];

/**
 * Packages what is built for this platform into `folder` and returns the file. A staging copy gets production
 * dependencies only, by npm itself: `vsce --no-dependencies` drops the native module without a word.
 */
export async function packageExtension(folder: string): Promise<string> {
  if (!existsSync(inRepository("dist/extension.js")))
    throw new Error("Nothing is built: run npm run build first.");
  const target = `${process.platform}-${process.arch}`;
  const staging = await mkdtemp(path.join(os.tmpdir(), "viaduct-package-"));
  try {
    const version = await stage(staging);
    await run(
      process.platform === "win32" ? "npm.cmd" : "npm",
      [
        ...["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
        ...[`--os=${process.platform}`, `--cpu=${process.arch}`],
      ],
      staging,
    );
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `viaduct-${target}-${version}.vsix`);
    const vsce = inRepository("node_modules/@vscode/vsce/vsce");
    await run(
      process.execPath,
      [
        ...[vsce, "package", "--target", target, "--out", file],
        // The example of the rule against provider tokens looks like one; it is invented.
        ...["--allow-package-secrets", "github"],
        // The repository's pictures are linked by the manifest's address; nothing is fetched while packaging.
        ...["--baseContentUrl", `${repositoryUrl}/blob/main`],
        ...["--baseImagesUrl", `${repositoryUrl}/raw/main`],
      ],
      staging,
    );
    return file;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const repositoryUrl = "https://github.com/viaduct-sql/viaduct";

async function stage(staging: string): Promise<string> {
  for (const name of staged) {
    if (existsSync(inRepository(name)))
      await cp(inRepository(name), path.join(staging, name), {
        recursive: true,
      });
  }
  const manifest = JSON.parse(
    await readFile(inRepository("package.json"), "utf8"),
  ) as { version: string; scripts?: unknown };
  // A `vscode:prepublish` would build in a copy that has nothing to build from.
  delete manifest.scripts;
  await writeFile(
    path.join(staging, "package.json"),
    JSON.stringify(manifest, null, 2),
  );
  return manifest.version;
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<void> {
  try {
    await promisify(execFile)(program, args, {
      cwd,
      maxBuffer: 16 * 1024 * 1024,
      shell: process.platform === "win32",
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as {
      stdout?: string;
      stderr?: string;
    };
    throw new Error(
      `${path.basename(program)} ${args[0] ?? ""} failed:\n${stdout}${stderr}`,
      { cause: error },
    );
  }
}
