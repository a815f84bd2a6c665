import { randomUUID } from "node:crypto";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import type { EngineOptions } from "../../protocol/options";

/** What a connection to a server is for; a part of its `application_name`. */
export type Purpose = "run" | "catalog" | "control" | "native";

/** What decides on the limits of a connection: an attachment's own words win over the session's. */
export type Limited = Pick<AttachmentSpec, "readOnly" | "options">;

/** Limits of a connection for a purpose. */
export type LimitsFor = (
  purpose: Purpose,
  attachment: Limited,
) => ConnectionLimits;

/** The timeouts of a session, as far as they can change while it runs. */
export type SessionTimeouts = Pick<
  ConnectionLimits,
  "connectTimeoutSeconds" | "statementTimeoutSeconds"
>;

/** Names that no other session has, and the limits of every connection to a server. */
export interface SessionLimits {
  readonly nameFor: (purpose: Purpose) => string;
  readonly limits: LimitsFor;
  /** Other timeouts for connections that are made from now on; an attachment's own words still win. */
  readonly change: (timeouts: Partial<SessionTimeouts>) => void;
}

/** The limits of a session, which begin as the options have them. */
export function sessionLimits(options: EngineOptions): SessionLimits {
  const sessionId = randomUUID().slice(0, 8);
  const nameFor = (purpose: Purpose): string =>
    `viaduct-${purpose}-${sessionId}`;
  let { connectTimeoutSeconds, statementTimeoutSeconds } = options;
  const limits: LimitsFor = (purpose, { readOnly, options: own }) => ({
    connectTimeoutSeconds: own?.connectTimeoutSeconds ?? connectTimeoutSeconds,
    statementTimeoutSeconds:
      own?.statementTimeoutSeconds ?? statementTimeoutSeconds,
    idleInTransactionTimeoutSeconds:
      own?.idleInTransactionTimeoutSeconds ??
      options.idleInTransactionTimeoutSeconds,
    applicationName: nameFor(purpose),
    readOnly,
  });
  const change = (next: Partial<SessionTimeouts>): void => {
    connectTimeoutSeconds = next.connectTimeoutSeconds ?? connectTimeoutSeconds;
    statementTimeoutSeconds =
      next.statementTimeoutSeconds ?? statementTimeoutSeconds;
  };
  return { nameFor, limits, change };
}

/** An error about a limit with the attachment that has it, and the limit in force. */
export function withLimit(
  error: ErrorInfo,
  alias: string,
  limits: ConnectionLimits,
): ErrorInfo {
  const { statementTimeoutSeconds, connectTimeoutSeconds } = limits;
  switch (error.class) {
    case "statementTimeout": {
      const limit =
        statementTimeoutSeconds > 0
          ? `the statement timeout of ${statementTimeoutSeconds} s`
          : "a statement timeout of the server's own";
      return {
        ...error,
        message: `${error.message}\n"${alias}" has ${limit}.`,
      };
    }
    case "connectTimeout":
      return {
        ...error,
        message: `${error.message}\n"${alias}" has a connect timeout of ${connectTimeoutSeconds} s.`,
      };
    default:
      return error;
  }
}

/** An error about a name, when the attachment has only some of its database's schemas. */
export function withSchemas(
  error: ErrorInfo,
  { alias, options }: AttachmentSpec,
): ErrorInfo {
  const schemas = options?.schemas ?? [];
  return error.class !== "catalog" || schemas.length === 0
    ? error
    : {
        ...error,
        message: `${error.message}\n"${alias}" is attached with its schemas ${schemas.map((name) => `"${name}"`).join(", ")} only.`,
      };
}

/** How long connections are kept that nobody uses: the pool's own setting decides on all of them. */
export function idleTime({ settings }: EngineOptions): number {
  const milliseconds = Number(settings["pg_pool_idle_timeout_millis"]);
  return milliseconds > 0 ? milliseconds : 60_000;
}
