import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { inRepository } from "../support/paths";
import type { Measurement } from "./measurement";

/** What the extension costs the editor before it is used: measured in a real extension host. */
export async function extensionCosts(): Promise<Measurement[]> {
  const { size } = await stat(inRepository("dist/extension.js"));
  const [activate, waited] = await activationTimes();
  return [
    {
      name: "dist/extension.js",
      value: size / 1000,
      unit: "kB",
      goal: 500,
      atMost: true,
    },
    {
      name: "activate() in a real extension host",
      value: activate,
      unit: "ms",
      goal: 50,
      atMost: true,
    },
    {
      name: "… with loading it, as another extension waits for it",
      value: waited,
      unit: "ms",
    },
  ];
}

/** What a shown result of ten million rows takes in a real extension host. */
export async function hostMemory(): Promise<Measurement> {
  const value = (await inHost("resultMemory", "VIADUCT_MEMORY_FILE")) as number;
  return {
    name: "extension host heap, growth by 10M rows",
    value,
    unit: "MB",
    goal: 20,
    atMost: true,
  };
}

async function activationTimes(): Promise<[number, number]> {
  const file = "VIADUCT_ACTIVATION_FILE";
  return (await inHost("activation", file)) as [number, number];
}

/** Runs one test file in a real extension host; `variable` names the file into which it writes what it measured. */
async function inHost(test: string, variable: string): Promise<unknown> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-bench-"));
  const file = path.join(folder, "measured");
  try {
    const code = await new Promise((resolve) => {
      spawn(
        process.execPath,
        ["--import", "tsx", inRepository("test/support/host/main.ts")],
        {
          cwd: inRepository(),
          stdio: "ignore",
          env: { ...process.env, [variable]: file, VIADUCT_HOST_ONLY: test },
        },
      ).once("exit", resolve);
    });
    if (code !== 0) {
      throw new Error(`the extension host did not measure: ${test}`);
    }
    return JSON.parse(await readFile(file, "utf8")) as unknown;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
