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

async function activationTimes(): Promise<[number, number]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-bench-"));
  const file = path.join(folder, "activation");
  try {
    const code = await new Promise((resolve) => {
      spawn(
        process.execPath,
        ["--import", "tsx", inRepository("test/support/host/main.ts")],
        {
          cwd: inRepository(),
          stdio: "ignore",
          env: {
            ...process.env,
            VIADUCT_ACTIVATION_FILE: file,
            VIADUCT_HOST_ONLY: "activation",
          },
        },
      ).once("exit", resolve);
    });
    if (code !== 0) {
      throw new Error("the extension host did not measure its activation");
    }
    return JSON.parse(await readFile(file, "utf8")) as [number, number];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
