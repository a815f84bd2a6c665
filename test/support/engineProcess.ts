import { EngineProcess } from "../../src/extension/engine/engineProcess";
import { inRepository } from "./paths";

/** The real engine in a process of its own, from its sources. */
export function startEngineProcess(
  environment: Readonly<Record<string, string>> = {},
): EngineProcess {
  return new EngineProcess({
    path: inRepository("src", "engine", "main.ts"),
    execArgv: ["--import", "tsx"],
    // The suite's own server, password and all, is none of the engine's business.
    environment: { ...environment, VIADUCT_TEST_POSTGRES: undefined },
  });
}
