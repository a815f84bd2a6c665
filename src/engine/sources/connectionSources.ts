import type {
  AttachmentSource,
  DbtSource,
} from "../../core/connections/attachment";
import {
  blamed,
  layered,
  type Blame,
  type ConnectionSettings,
} from "../../core/connections/connectionSettings";
import {
  connectionValuesOf,
  type ConnectionValues,
} from "../../core/connections/connectionValues";
import { serverText } from "../../core/connections/connectionServer";
import { environmentSettings } from "../../core/connections/environmentSettings";
import { envSettings } from "../../core/connections/envVariables";
import { secretKeywords } from "../../core/connections/libpqOptions";
import { passwordElsewhere } from "../../core/connections/passwordElsewhere";
import { viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import type { AttachRequest } from "../../protocol/engine";
import type { EnvironmentFiles } from "../environment";
import { machineDefaults, type LibpqEnvironment } from "./libpqEnvironment";
import {
  besideFile,
  checkFiles,
  connectionSettings,
  withOptions,
} from "./layers";
import { withPassFile } from "./passwords";
import type { Services } from "./services";

/** Reads a connection of a dbt profile. */
export interface DbtReader {
  /** What the profile says, by libpq's keywords. Throws `profileMissing` or `profileInvalid`. */
  connection(source: DbtSource): Promise<ConnectionSettings>;
}

/** What `ConnectionSources` is made of. */
export interface SourceParts {
  readonly files: EnvironmentFiles;
  readonly redactor: Redactor;
  readonly environment: LibpqEnvironment;
  readonly services: Services;
  readonly dbt: DbtReader;
}

/** What a source says, and who is to blame when there is no password; null where there need not be one. */
interface SourceSettings {
  readonly settings: ConnectionSettings;
  readonly noPassword: Blame | null;
}

/** The secrets of a service are for its own server: settings of a workspace that name another one do not get them. */
function withoutForeignSecrets(
  all: ConnectionSettings,
  { values: own }: ConnectionSettings,
): ConnectionSettings {
  const places = ["host", "hostaddr"];
  const hasPlace = places.some((keyword) => (own.get(keyword) ?? "") !== "");
  const isElsewhere = places.some(
    (keyword) => (all.values.get(keyword) ?? "") !== (own.get(keyword) ?? ""),
  );
  if (!hasPlace || !isElsewhere) {
    return all;
  }
  const values = new Map(
    [...all.values].filter(
      ([keyword, value]) =>
        !secretKeywords.includes(keyword) || own.get(keyword) !== value,
    ),
  );
  return { ...all, values };
}

/** A password is for the server that it was entered for: files of a workspace that name another one do not get it. */
function refuseOtherServer(
  values: ConnectionValues,
  wanted: string | undefined,
): void {
  const server = serverText(values);
  if (wanted !== undefined && wanted !== server) {
    throw passwordElsewhere(wanted, server);
  }
}

/** Reads what the references of attachments refer to. Values stay in this process. */
export class ConnectionSources {
  constructor(private readonly parts: SourceParts) {}

  /** The connection values of an attachment; its secrets are known to the redactor from here on. */
  async read(
    request: Pick<
      AttachRequest,
      "source" | "options" | "password" | "passwordServer"
    >,
  ): Promise<ConnectionValues> {
    const { environment } = this.parts;
    environment.seclude();
    const { settings, noPassword } = await this.settingsOf(request.source);
    this.hide(settings.values);
    const all = withOptions(settings, request);
    this.hide(all.values);
    const values = connectionValuesOf(all, machineDefaults);
    checkFiles(all);
    if (request.password !== undefined) {
      refuseOtherServer(values, request.passwordServer);
      return values;
    }
    if (request.options?.password !== undefined) {
      throw viaductError(
        "passwordMissing",
        `The password of ${values.user} at ${values.host} is not known yet.`,
      );
    }
    // An empty variable says that there is none; anywhere else libpq goes on looking.
    return values.password !== "" ||
      (request.source.kind === "envFile" && all.values.has("password"))
      ? values
      : this.filled(values, noPassword);
  }

  /** With the password of a password file, or an error where there has to be one. */
  private async filled(
    values: ConnectionValues,
    noPassword: Blame | null,
  ): Promise<ConnectionValues> {
    const { environment, redactor } = this.parts;
    const filled = await withPassFile(
      values,
      values.options["passfile"] ?? environment.passFile,
    );
    for (const password of filled.hostPasswords ?? [filled.password]) {
      redactor.add(password, [values.user, values.database, values.host]);
    }
    const isComplete =
      filled !== values || values.options["sslcert"] !== undefined;
    if (noPassword !== null && !isComplete) {
      throw blamed(noPassword, `is not in ${noPassword.file?.path ?? "it"}`);
    }
    return filled;
  }

  private async settingsOf(source: AttachmentSource): Promise<SourceSettings> {
    const { files, environment, services, dbt } = this.parts;
    switch (source.kind) {
      case "envFile": {
        const file = await files.readFile(source.file);
        const settings = envSettings(file, source.prefix);
        return {
          settings: besideFile(
            await this.withService(settings, "variables"),
            source.file,
          ),
          noPassword: settings.noPassword,
        };
      }
      case "dbt":
        return { settings: await dbt.connection(source), noPassword: null };
      case "service":
        return {
          settings: await services.read(source.service, source.file),
          noPassword: null,
        };
      case "environment":
        return {
          settings: await this.withService(
            environmentSettings(environment.variables),
            "variables",
          ),
          noPassword: null,
        };
      case "connection":
        return {
          settings: await this.withService(
            connectionSettings(source.connection),
            "text",
          ),
          noPassword: null,
        };
    }
  }

  /** As libpq: what a service says comes before variables, and behind what a connection string says. */
  private async withService(
    settings: ConnectionSettings,
    kind: "variables" | "text",
  ): Promise<ConnectionSettings> {
    const name = settings.values.get("service");
    if (name === undefined || name === "") {
      return settings;
    }
    const file = settings.values.get("servicefile") ?? null;
    const service = await this.parts.services.read(name, file);
    const all =
      kind === "text" ? layered(service, settings) : layered(settings, service);
    return withoutForeignSecrets(all, service);
  }

  private hide(values: ReadonlyMap<string, string>): void {
    const plain = ["user", "dbname", "host"].map(
      (keyword) => values.get(keyword) ?? "",
    );
    for (const keyword of secretKeywords) {
      this.parts.redactor.add(values.get(keyword) ?? "", plain);
    }
  }
}
