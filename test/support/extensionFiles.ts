import assert from "node:assert/strict";
import {
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ExtensionInfo } from "../../src/protocol/extensions";
import { TestEngine } from "./engineHarness";
import { inRepository } from "./paths";

/** The last 512 bytes of an extension file that says this of itself; its signature is no real one. */
export function footerOf({
  platform = "linux_amd64",
  builtFor = "v1.5.5",
  abi = "CPP",
  isSigned = true,
}: {
  readonly platform?: string;
  readonly builtFor?: string;
  readonly abi?: string;
  readonly isSigned?: boolean;
} = {}): Buffer {
  const fields = ["4", platform, builtFor, "abc1234", abi, "", "", ""];
  const metadata = fields.reverse().map((text) => {
    const field = Buffer.alloc(32);
    field.write(text);
    return field;
  });
  return Buffer.concat([...metadata, Buffer.alloc(256, isSigned ? 7 : 0)]);
}

/** The extensions that are packed with Viaduct, as a repository. */
export const packedExtensions = inRepository("dist", "extensions");

/** The folder of a repository that has the files for this DuckDB, where the tests run. */
export function folderIn(repository: string): string {
  return path.join(repository, "v1.5.5", "linux_amd64");
}

/** A real, signed extension. */
export const ftsFile = path.join(
  folderIn(packedExtensions),
  "fts.duckdb_extension",
);

/** A file with one byte of the code changed, in place of another that may be in use. */
export async function damage(to: string, at: number): Promise<void> {
  const bytes = await readFile(ftsFile);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(`${to}.new`, bytes);
  await rename(`${to}.new`, to);
}

/** A file that says of itself that it is for another DuckDB. */
export async function writeUnfit(
  to: string,
  what: "version" | "platform",
): Promise<void> {
  const bytes = await readFile(ftsFile);
  const footer = bytes.subarray(bytes.length - 512, bytes.length - 256);
  const text = footer.toString("latin1");
  footer.write(
    what === "version"
      ? text.replace("v1.5.5", "v1.5.4")
      : text.replace("linux_amd64", "osx_arm64\0\0"),
    "latin1",
  );
  await mkdir(path.dirname(to), { recursive: true });
  await writeFile(to, bytes);
}

/** Engines that have nothing installed and no network, and a folder for what they need. */
export class ExtensionBench {
  private readonly engines: TestEngine[] = [];

  private constructor(readonly folder: string) {}

  static async start(): Promise<ExtensionBench> {
    return new ExtensionBench(
      await mkdtemp(path.join(tmpdir(), "viaduct-extensions-")),
    );
  }

  async fresh(): Promise<TestEngine> {
    const engine = await TestEngine.start({
      extensionDirectory: await mkdtemp(path.join(this.folder, "installed-")),
      extensionRepositories: [packedExtensions],
      settings: { http_proxy: "127.0.0.1:9" },
    });
    this.engines.push(engine);
    return engine;
  }

  async stop(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.close()));
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What an engine knows of one extension. */
export async function infoOf(
  engine: TestEngine,
  name: string,
): Promise<ExtensionInfo> {
  const list = await engine.handlers.listExtensions(null);
  const found = list.find((extension) => extension.name === name);
  assert.ok(found, name);
  return found;
}

/** Where an engine has installed an extension. */
export function installedFile(engine: TestEngine, name: string): string {
  return path.join(
    folderIn(engine.options.extensionDirectory ?? ""),
    `${name}.duckdb_extension`,
  );
}
