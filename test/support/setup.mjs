// Sets the repository up, and then does what was asked: `start` the demo, `test` everything, or only fetch the DuckDB
// `extensions` (the last part of `npm run build`). Needs nothing but Node and npm; does nothing twice.
import { spawn } from "node:child_process";
import path from "node:path";
import { chromium } from "./setup/chromium.mjs";
import { duckdbExtensions } from "./setup/duckdbExtensions.mjs";
import { checkNode, nodeModules } from "./setup/nodeModules.mjs";
import { root } from "./setup/paths.mjs";
import { SetupError, messageOf, warn } from "./setup/say.mjs";
import { describeVscode, ownVscode, servedVscode } from "./setup/vscode.mjs";

const programs = {
  start: "test/support/demo/main.ts",
  test: "test/support/run/main.ts",
};
const usage =
  "usage: node test/support/setup.mjs start [--no-open] [--port N] | test [SUITE…] | extensions";

async function main([command, ...rest]) {
  checkNode();
  if (command === "extensions") return extensionsOnly();
  const program = programs[command];
  if (program === undefined) throw new SetupError(usage);
  const mayOpen = command === "start" && !rest.includes("--no-open");
  const own = mayOpen ? ownVscode() : null;
  // Side by side: each waits for the network and the disk most of the time.
  await Promise.all([
    nodeModules().then(duckdbExtensions),
    own === null ? servedVscode() : undefined,
  ]);
  if (own === null) await describeVscode();
  const vscode = own === null ? {} : { VIADUCT_OWN_VSCODE: own };
  const browser =
    command === "test" ? { VIADUCT_CHROMIUM: await chromium() } : {};
  return runProgram(path.join(root, program), rest, {
    ...process.env,
    ...vscode,
    ...browser,
  });
}

/** A build without network is still a build: the product says what is missing when it is needed. */
async function extensionsOnly() {
  try {
    await duckdbExtensions();
  } catch (error) {
    warn(messageOf(error));
    warn(
      "The build is good, but DuckDB will have to fetch its extensions when they are first used.",
    );
  }
  return 0;
}

/** Signals reach the program by itself from a terminal; from elsewhere they are handed on. Its end is ours. */
function runProgram(file, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
      cwd: root,
      env,
      stdio: "inherit",
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
      process.on(signal, () => child.kill(signal));
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  },
);
