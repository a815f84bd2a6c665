import { mkdtempSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { inRepository } from "../../support/paths";
import { until } from "../../support/until";
import type { Workbench } from "./workbench";

/** What a command of the table answered the probe. */
export interface Answer {
  readonly id: string;
  readonly result?: { readonly failed?: { readonly message: string } } | null;
}

/** An extension beside Viaduct that calls commands past what menus, keys and the palette keep from a user. */
export class CommandProbe {
  /** Is in the environment of every process of its window, and tells them from others. */
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "viaduct-probe-"));

  /** What the served VS Code is started with. */
  readonly options = {
    others: [inRepository("test/fixtures/command-probe")],
    env: { VIADUCT_PROBE: this.folder },
  };

  /** Calls each command with its arguments, one after the other, until all have answered. */
  async call(
    workbench: Workbench,
    calls: readonly (readonly [string, ...(readonly unknown[])])[],
  ): Promise<readonly Answer[]> {
    await rm(this.#answers, { force: true });
    await writeFile(
      path.join(this.folder, "calls.json"),
      JSON.stringify(calls),
    );
    await workbench.runCommand("Command Probe: Call");
    let answers: readonly Answer[] = [];
    await until("all answers", () => {
      answers = this.#read();
      return answers.length === calls.length;
    }).catch((error: unknown) => {
      throw new Error(
        `${JSON.stringify(calls[answers.length])} does not answer`,
        { cause: error },
      );
    });
    return answers;
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  get #answers(): string {
    return path.join(this.folder, "answers.json");
  }

  #read(): Answer[] {
    try {
      return JSON.parse(readFileSync(this.#answers, "utf8")) as Answer[];
    } catch {
      // None yet.
      return [];
    }
  }
}
