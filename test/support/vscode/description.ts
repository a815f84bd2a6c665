import { readFileSync } from "node:fs";
import { inRepository } from "../paths";

/** How the VS Code for tests is run, as the set-up found or installed it. */
export interface VscodeDescription {
  /** Microsoft's server and web workbench: the Node to run it with, and its main file. */
  readonly served: { readonly node: string; readonly main: string };
  /** Executable of a desktop build, or null where none can be had or shown. */
  readonly desktop: string | null;
}

/** Reads what `test/support/setup.mjs` wrote. */
export function vscodeDescription(): VscodeDescription {
  const file = inRepository(".vscode-test/vscode.json");
  try {
    return JSON.parse(readFileSync(file, "utf8")) as VscodeDescription;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `No VS Code for tests is set up: run npm test once (${reason})`,
      { cause: error },
    );
  }
}
