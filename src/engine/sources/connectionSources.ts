import type { AttachmentSource } from "../../core/connections/attachment";
import {
  connectionValues,
  type ConnectionValues,
} from "../../core/connections/connectionValues";
import { viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import type { AttachRequest } from "../../protocol/engine";
import type { EnvironmentFiles } from "../environment";

/** Reads what the references of attachments refer to. Values stay in this process. */
export class ConnectionSources {
  constructor(
    private readonly files: EnvironmentFiles,
    private readonly redactor: Redactor,
  ) {}

  /** The connection values of an attachment; its password is known to the redactor from here on. */
  async read(
    request: Pick<AttachRequest, "source" | "options" | "password">,
  ): Promise<ConnectionValues> {
    const values = await this.valuesOf(request.source);
    this.redactor.add(values.password, [
      values.user,
      values.database,
      values.host,
    ]);
    return values;
  }

  private async valuesOf(source: AttachmentSource): Promise<ConnectionValues> {
    switch (source.kind) {
      case "envFile":
        return connectionValues(
          await this.files.read(source.file),
          source.prefix,
          source.file,
        );
      case "dbt":
      case "service":
      case "environment":
      case "connection":
        throw viaductError(
          "connectionInvalid",
          `A connection of the kind "${source.kind}" cannot be read yet.`,
        );
    }
  }
}
