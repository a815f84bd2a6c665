import type { ErrorAction, ErrorClass, ErrorInfo } from "../errors/errorInfo";
import type { AttachmentSource, AttachmentSpec } from "./attachment";

/** The action that opens what a source refers to; null where there is no file. */
const fileActions: Readonly<
  Record<AttachmentSource["kind"], ErrorAction | null>
> = {
  envFile: "openEnvFile",
  dbt: "openProfile",
  service: "openServiceFile",
  environment: null,
  connection: null,
};

const aboutPassword: ReadonlySet<ErrorClass> = new Set([
  "passwordMissing",
  "authenticationFailed",
]);

/**
 * An error of attaching, with the alias that it is about, and the next step and the actions that fit where its values
 * come from: not every connection has an env file. One that has been told of already is left as it is.
 */
export function aboutAttachment(
  info: ErrorInfo,
  { alias, source, options }: AttachmentSpec,
): ErrorInfo {
  if (info.alias === alias) {
    return info;
  }
  const own = fileActions[source.kind];
  const fitting = info.actions.flatMap((action) =>
    action === "openEnvFile" || action === "attachFromEnvFile"
      ? (own ?? [])
      : [action],
  );
  const isPassword = aboutPassword.has(info.class);
  // A password that is not the source's can only be wrong where it was entered.
  const isEntered = options?.password !== undefined || own === null;
  const actions: readonly ErrorAction[] = [
    ...(isPassword && isEntered ? (["enterPassword"] as const) : []),
    ...fitting,
    ...(isPassword ? (["enterPassword"] as const) : []),
    "editAttachment",
  ];
  // An error of the source itself has said where it is already.
  const isServers =
    info.origin !== "viaduct" && info.actions.includes("openEnvFile");
  return {
    ...info,
    alias,
    hint: isServers ? `${info.hint} ${placeOf(source)}` : info.hint,
    actions: [...new Set(actions)],
  };
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
