import { checkAlias } from "../../core/connections/alias";
import { toErrorInfo } from "../../core/errors/viaductError";

/** Why a name cannot be an alias, for an input box; undefined when it can. */
export function aliasProblem(name: string): string | undefined {
  try {
    checkAlias(name);
    return undefined;
  } catch (error) {
    return toErrorInfo(error).message;
  }
}
