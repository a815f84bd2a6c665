import type { Redactor } from "../../core/errors/redactor";
import type { EngineOptions } from "../../protocol/options";
import type { EnvironmentFiles } from "../environment";
import { ConnectionSources, type DbtReader } from "./connectionSources";
import { LibpqEnvironment } from "./libpqEnvironment";
import { Services } from "./services";

/** What reads connection values. */
export interface Sources {
  readonly environment: LibpqEnvironment;
  readonly services: Services;
  readonly connections: ConnectionSources;
}

/** The readers of a session. */
export function composeSources(
  files: EnvironmentFiles,
  redactor: Redactor,
  dbt: DbtReader,
  libpqVariables?: EngineOptions["libpqVariables"],
): Sources {
  const environment = new LibpqEnvironment(
    libpqVariables === undefined
      ? process.env
      : { ...process.env, ...libpqVariables },
  );
  environment.seclude();
  const services = new Services(environment);
  const connections = new ConnectionSources({
    files,
    redactor,
    environment,
    services,
    dbt,
  });
  return { environment, services, connections };
}
