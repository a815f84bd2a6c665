// Runs test/host inside a real extension host: the desktop build's where the set-up found one, else the served one's.
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { runTests } from "@vscode/test-electron";
import { startFreshDemo } from "../demo";
import { inRepository } from "../paths";
import { readLog } from "../run/log";
import { count } from "../run/results";
import { vscodeDescription } from "../vscode/description";
import { buildHostTests } from "./build";

async function main(): Promise<number> {
  if (!existsSync(inRepository("dist/extension.js")))
    throw new Error("Nothing is built: npm run build");
  const extensionTestsPath = await buildHostTests();
  const demo = await startFreshDemo();
  const folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-host-"));
  const results =
    process.env["VIADUCT_TEST_RESULTS"] ?? path.join(folder, "results.json");
  try {
    // Its exit code says no more than the results do, and a rejection less.
    await runTests({
      vscodeExecutablePath:
        vscodeDescription().desktop ?? (await launcher(folder)),
      extensionDevelopmentPath: inRepository(),
      extensionTestsPath,
      launchArgs: [demo.workspace],
      extensionTestsEnv: {
        VIADUCT_TEST_RESULTS: results,
        // Where a desktop build keeps its user data; a served one says it itself.
        VIADUCT_TEST_DATA: inRepository(".vscode-test/user-data"),
        ...passedOn("VIADUCT_HOST_ONLY"),
        ...passedOn("VIADUCT_ACTIVATION_FILE"),
        ...passedOn("VIADUCT_MEMORY_FILE"),
      },
    }).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
    });
    return report(results);
  } finally {
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function passedOn(name: string): Record<string, string> {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
}

/** An executable for @vscode/test-electron, which spawns one without a choice of arguments. */
async function launcher(folder: string): Promise<string> {
  const file = path.join(
    folder,
    process.platform === "win32" ? "code.cmd" : "code",
  );
  const command = [
    process.execPath,
    "--import",
    // With its address: the working folder of whoever starts this is not ours.
    pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href,
    path.join(import.meta.dirname, "launcher.ts"),
  ]
    .map((part) => `"${part}"`)
    .join(" ");
  const text =
    process.platform === "win32"
      ? `@${command} %*\r\n`
      : `#!/bin/sh\nexec ${command} "$@"\n`;
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

function report(file: string): number {
  const { tests, running } = readLog(file);
  for (const test of tests) {
    if (test.state === "failed")
      console.error(`\n✘ ${test.title}\n${test.detail}`);
  }
  const failed = count(tests, "failed");
  console.log(
    `\n${count(tests, "passed")} passing, ${failed} failing, ${count(tests, "skipped")} pending in the extension host`,
  );
  if (running !== null)
    console.error(`The host tests did not end; this was running: ${running}`);
  return failed > 0 || tests.length === 0 || running !== null ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
