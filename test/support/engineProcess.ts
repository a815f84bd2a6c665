import { EngineProcess } from "../../src/extension/engine/engineProcess";
import { engineProgram } from "./engineProgram";

/** The real engine in a process of its own, from its sources. */
export function startEngineProcess(
  environment: Readonly<Record<string, string>> = {},
  imports: readonly string[] = [],
): EngineProcess {
  return new EngineProcess({
    path: engineProgram(),
    execArgv: imports.flatMap((one) => ["--import", one]),
    // The suite's own server, password and all, is none of the engine's business.
    environment: { ...environment, VIADUCT_TEST_POSTGRES: undefined },
  });
}

/** The same with variables in its environment that `EngineProcess` itself keeps out of it, as the CLI may have them. */
export function startEngineWith(
  variables: Readonly<Record<string, string>>,
): EngineProcess {
  const code = `Object.assign(process.env, ${JSON.stringify(variables)})`;
  const base64 = Buffer.from(code).toString("base64");
  return startEngineProcess({}, [`data:text/javascript;base64,${base64}`]);
}
