import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type DemoDatabase, fillDemoData } from "./demo/demoData";
import { makeWorkspace } from "./demo/demoWorkspace";
import { PostgresServer } from "./postgresServer";
import { inRepository } from "./paths";
import { copyWhole, processFolder } from "./template";
import { ServedVscode, type ServedVscodeOptions } from "./vscode/servedVscode";

/** The demo: a real PostgreSQL with data, and a workspace that names it. */
export interface Demo {
  readonly postgres: PostgresServer;
  readonly database: DemoDatabase;
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Stops the server; removes the folder when it was made for a test. */
  stop(): Promise<void>;
}

/** The demo, and a VS Code that has it open. */
export interface DemoInVscode extends Demo {
  readonly vscode: ServedVscode;
  /** Address that opens the workspace. */
  readonly url: string;
}

/** Starts the demo with its data in `folder`, which is kept: the second start is quick. */
export async function startDemo(folder: string, port: number): Promise<Demo> {
  await mkdir(folder, { recursive: true });
  const postgres = await PostgresServer.start(folder, port);
  try {
    const database = await fillDemoData(postgres);
    const workspace = path.join(folder, "workspace");
    await makeWorkspace(workspace, postgres.port, database);
    return { postgres, database, workspace, stop: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

const made: { folder?: Promise<string> } = {};

/** A demo that has been started once: its data are made by then. */
async function makeTemplate(): Promise<string> {
  const folder = await processFolder("viaduct-made-");
  // As root, the server is run by another user, who has to get to its data; copies have the same mode.
  await chmod(folder, 0o711);
  const demo = await startDemo(folder, 0);
  await demo.stop();
  return folder;
}

/** Starts a demo of its own for a test: a fresh folder, any port; both are gone after `stop`. */
export async function startFreshDemo(): Promise<Demo> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-demo-"));
  try {
    made.folder ??= makeTemplate();
    await copyWhole(await made.folder, folder);
    const demo = await startDemo(folder, 0);
    const stop = async (): Promise<void> => {
      await demo.stop();
      await removeFolder(folder);
    };
    return { ...demo, stop };
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

/** A fresh demo, open in a served VS Code with Viaduct: under development by default, or the package in `options.vsix`. */
export async function startDemoInVscode(
  options: ServedVscodeOptions = {},
): Promise<DemoInVscode> {
  const demo = await startFreshDemo();
  try {
    const ours =
      options.vsix === undefined ? { extension: inRepository() } : {};
    const vscode = await ServedVscode.start({ ...ours, ...options });
    const stop = async (): Promise<void> => {
      await vscode.stop();
      await demo.stop();
    };
    return { ...demo, vscode, url: vscode.url(demo.workspace), stop };
  } catch (error) {
    await demo.stop();
    throw error;
  }
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, {
    recursive: true,
    force: true,
    maxRetries: 5,
    retryDelay: 200,
  });
}
