import type { EnvFileSource } from "../../core/connections/attachment";
import { serverText } from "../../core/connections/connectionServer";
import { passwordVariables } from "../../core/connections/envVariables";
import { viaductError } from "../../core/errors/makeError";
import type { TakenPassword } from "../../protocol/engine";
import type { EnvironmentFiles } from "../environment";
import type { ConnectionSources } from "./connectionSources";

/** The password that an env file has for a prefix, and the variable to take out. Throws `passwordMissing` without one. */
export async function takePassword(
  files: EnvironmentFiles,
  sources: ConnectionSources,
  source: EnvFileSource,
): Promise<TakenPassword> {
  const values = await sources.read({ source });
  const { password } = values;
  const variables = await files.read(source.file);
  const variable =
    passwordVariables(source.prefix).find(
      (name) => variables.get(name) === password,
    ) ?? null;
  const isInUrl = [...variables.values()].some((value) =>
    /:\/\/[^@]*:[^@]*@|password\s*=/i.test(value),
  );
  if (password === "" || (variable === null && !isInUrl)) {
    throw viaductError(
      "passwordMissing",
      `There is no password for ${source.prefix}* in ${source.file}.`,
    );
  }
  return { password, variable, server: serverText(values) };
}
