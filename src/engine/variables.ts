import { existsSync } from "node:fs";
import type { EnvironmentFiles } from "./environment";

/** Where the variables of a session come from. */
export interface VariableSources {
  readonly files: EnvironmentFiles;
  /** Later ones win. */
  readonly envFiles: readonly string[];
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
}

/** The value of a variable, for `getenv()` as for dbt's `env_var()`: from the env files, then from the environment. */
export function findVariable(
  name: string,
  { files, envFiles, processEnvironment }: VariableSources,
): string | undefined {
  // As in the CLI, where there is no env file the environment answers.
  for (const file of envFiles.filter(existsSync).reverse()) {
    const value = files.readNow(file).get(name);
    if (value !== undefined) {
      return value;
    }
  }
  return processEnvironment[name];
}
