import assert from "node:assert/strict";
import type { ErrorInfo } from "../../../src/core/errors/errorInfo";
import { ViaductError } from "../../../src/core/errors/viaductError";
import { outputConnection } from "../../../src/core/dbt/outputConnections";
import type { DbtTarget } from "../../../src/core/dbt/profiles";
import { Profiles } from "../../../src/core/dbt/readProfiles";

/** Where the profiles of a test would be. */
export const file = "/project/profiles.yml";

/** Profiles as a session would read them, with these variables. */
export function profilesOf(
  text: string,
  environment: Readonly<Record<string, string>> = {},
): Profiles {
  return new Profiles(text, file, {
    variable: (name) => environment[name],
    onSecret: () => undefined,
    resolvePath: (path) => `/project/${path}`,
  });
}

/** One target by its names. */
export function targetOf(
  profiles: Profiles,
  profile: string,
  target: string,
): DbtTarget {
  const found = profiles
    .list()
    .find(({ name }) => name === profile)
    ?.targets.find(({ name }) => name === target);
  assert.ok(found, `${profile}/${target}`);
  return found;
}

/** What a connection of an output says, by libpq's keywords. */
export function connectionOf(
  profiles: Profiles,
  profile: string,
  target: string,
  entry: string,
): Record<string, string> {
  const output = profiles.output(profile, target);
  return Object.fromEntries(outputConnection(output.map, entry, output).values);
}

/** The classified error that a task throws. */
export function thrown(task: () => unknown): ErrorInfo {
  try {
    task();
  } catch (error) {
    assert.ok(error instanceof ViaductError, String(error));
    return error.info;
  }
  throw new assert.AssertionError({ message: "it did not fail" });
}
