import { randomUUID } from "node:crypto";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import type { EngineOptions } from "../../protocol/engine";

/** What a connection to a server is for; a part of its `application_name`. */
export type Purpose = "run" | "catalog" | "control" | "native";

/** What decides on the limits of a connection: an attachment's own words win over the session's. */
export type Limited = Pick<AttachmentSpec, "readOnly" | "options">;

/** Limits of a connection for a purpose. */
export type LimitsFor = (
  purpose: Purpose,
  attachment: Limited,
) => ConnectionLimits;

/** Names that no other session has, and the limits of every connection to a server. */
export function sessionLimits(options: EngineOptions): {
  readonly nameFor: (purpose: Purpose) => string;
  readonly limits: LimitsFor;
} {
  const sessionId = randomUUID().slice(0, 8);
  const nameFor = (purpose: Purpose): string =>
    `viaduct-${purpose}-${sessionId}`;
  const limits: LimitsFor = (purpose, { readOnly, options: own }) => ({
    connectTimeoutSeconds:
      own?.connectTimeoutSeconds ?? options.connectTimeoutSeconds,
    statementTimeoutSeconds:
      own?.statementTimeoutSeconds ?? options.statementTimeoutSeconds,
    idleInTransactionTimeoutSeconds:
      own?.idleInTransactionTimeoutSeconds ??
      options.idleInTransactionTimeoutSeconds,
    applicationName: nameFor(purpose),
    readOnly,
  });
  return { nameFor, limits };
}
