import { existsSync } from "node:fs";
import type { EnvironmentFiles } from "./environment";
import type { StoredVariables } from "./storedVariables";

/** Where the variables of a session come from. */
export interface VariableSources {
  readonly files: EnvironmentFiles;
  /** Later ones win. */
  readonly envFiles: readonly string[];
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
  /** Those of VS Code's SecretStorage, for `getenv()` alone. */
  readonly stored?: Pick<StoredVariables, "get">;
}

/** The value of a variable, for `getenv()` as for dbt's `env_var()`: from the env files, then from the environment. */
export function findVariable(
  name: string,
  { files, envFiles, processEnvironment, stored }: VariableSources,
): string | undefined {
  // As in the CLI, where there is no env file the environment answers.
  for (const file of envFiles.filter(existsSync).reverse()) {
    const value = files.readNow(file).get(name);
    if (value !== undefined) {
      return value;
    }
  }
  return stored?.get(name) ?? processEnvironment[name];
}
