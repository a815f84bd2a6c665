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

/** What is offered first, before what the class offers anyway. */
const firstActions: Partial<Record<ErrorClass, readonly ErrorAction[]>> = {
  tlsRefused: ["chooseSslMode"],
  tlsUnverified: ["chooseSslMode"],
};

/** Next steps that hold for every source: those of the classes speak of env files. */
const hints: Partial<Record<ErrorClass, string>> = {
  authenticationFailed:
    "Check user and password, and that the server lets this user in (pg_hba.conf).",
  hostUnknown:
    "Check the host, and that this machine can resolve the name (VPN, DNS).",
  databaseMissing: "Check the name of the database.",
  tlsRefused:
    "Enable TLS on the server, or choose a TLS mode that the server offers.",
  tlsUnverified:
    "Give the authority's certificate (sslrootcert), correct the host name, or choose a weaker TLS mode.",
};

const aboutPassword: ReadonlySet<ErrorClass> = new Set([
  "passwordMissing",
  "authenticationFailed",
]);

/** An error of attaching, with the alias that it is about and the actions that fit where its values come from. */
export function aboutAttachment(
  info: ErrorInfo,
  { alias, source, options }: AttachmentSpec,
): ErrorInfo {
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
    ...(firstActions[info.class] ?? []),
    ...(isPassword && isEntered ? (["enterPassword"] as const) : []),
    ...fitting,
    ...(isPassword ? (["enterPassword"] as const) : []),
    "editAttachment",
  ];
  const hint = source.kind === "envFile" ? undefined : hints[info.class];
  return {
    ...info,
    alias,
    hint: hint ?? info.hint,
    actions: [...new Set(actions)],
  };
}
