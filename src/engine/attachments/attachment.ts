import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import type { AttachRequest } from "../../protocol/engine";

/** An alias that Viaduct attached, and what it takes to attach it again. */
export interface Attachment {
  readonly spec: AttachmentSpec;
  readonly values: ConnectionValues;
  /** Empty while it is not known. */
  readonly serverVersion: string;
  /** As `CatalogInfo.tls`. */
  readonly tls: string | null;
  /** What was asked of the server's sessions and is not in force there; missing while it is not known. */
  readonly notKept?: readonly string[];
  /** Null while it is attached; otherwise why it is not. */
  readonly problem: ErrorInfo | null;
}

/** The reference alone: what is remembered and shown has no password. */
export function withoutPassword({
  alias,
  source,
  readOnly,
  options,
}: AttachRequest): AttachmentSpec {
  return {
    alias,
    source,
    readOnly,
    ...(options === undefined ? {} : { options }),
  };
}

/** `PostgreSQL 18.4 · db at host:port as user`: what an attachment is, without a secret. */
export function describeServer({
  serverVersion,
  values,
  notKept = [],
}: Attachment): string {
  const server = `PostgreSQL ${serverVersion}`.trim();
  const dropped =
    notKept.length === 0
      ? ""
      : ` · not in force in the server's sessions, which a connection pooler may hand out: ${notKept.join(", ")}`;
  return `${server} · ${values.database} at ${values.host}:${values.port} as ${values.user}${dropped}`;
}
