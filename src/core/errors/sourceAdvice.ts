import type { AttachmentSource } from "../connections/attachment";
import type { ErrorAction, ErrorInfo } from "./errorInfo";

/**
 * The error with the next step for where the connection's values come from: not every connection has an env file.
 * `openEnvFile` stands for the source in the advice of a class.
 */
export function withSource(
  error: ErrorInfo,
  source: AttachmentSource,
): ErrorInfo {
  if (!error.actions.includes("openEnvFile") || error.origin === "viaduct") {
    return error;
  }
  const opens = actionFor(source);
  return {
    ...error,
    hint: `${error.hint} ${placeOf(source)}`,
    actions: [
      ...new Set(
        error.actions.map((action) =>
          action === "openEnvFile" ? opens : action,
        ),
      ),
    ],
  };
}

function actionFor({ kind }: AttachmentSource): ErrorAction {
  switch (kind) {
    case "envFile":
      return "openEnvFile";
    case "dbt":
      return "openProfile";
    case "service":
      return "openServiceFile";
    case "environment":
    case "connection":
      return "editAttachment";
  }
}

function placeOf(source: AttachmentSource): string {
  switch (source.kind) {
    case "envFile":
      return `The values are in ${source.file}${source.prefix === "" ? "" : `, in the variables ${source.prefix}…`}.`;
    case "dbt":
      return `The values are in ${source.file}, profile ${source.profile}, target ${source.target}.`;
    case "service":
      return `The values are those of the service ${source.service}.`;
    case "environment":
      return "The values are those of the environment (PGHOST, PGUSER, …) that this program was started with.";
    case "connection":
      return "The values are those of the attachment's connection string.";
  }
}
