import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import { errorInfo, viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { withLimit } from "../attachments/limits";
import { postgresError } from "./connect";
import type { SessionClient } from "./sessionClient";

/** The server's word for a transaction that was open and idle for too long. */
const idleInTransaction = "25P03";

/** The error with what the attachment has to do with it: its limits, and what cannot run while it is read-only. */
export function explain(
  error: ViaductError,
  { alias, readOnly }: AttachmentSpec,
  limits: ConnectionLimits | undefined,
): ViaductError {
  const { info } = error;
  if (readOnly && info.code === "25001") {
    return new ViaductError(
      errorInfo("readOnly", info.message, {
        origin: "postgres",
        code: info.code,
      }),
    );
  }
  return limits === undefined
    ? error
    : new ViaductError(withLimit(info, alias, limits));
}

/** True when the server has refused a statement because its transaction is read-only. */
export function isReadOnlyRefusal(error: unknown): boolean {
  return postgresError(error).info.code === "25006";
}

/** Why a transaction is gone that was open when its connection was lost. */
export function lostTransaction(
  { lossCode, limits }: SessionClient,
  alias: string,
): ViaductError {
  const seconds = limits.idleInTransactionTimeoutSeconds;
  const cause =
    lossCode === idleInTransaction
      ? `The server has ended the transaction on "${alias}" because it was open without a statement for longer than the idle-in-transaction timeout${seconds > 0 ? ` of ${seconds} s` : ""}`
      : `The connection to "${alias}" was lost, and with it the transaction that was open`;
  return viaductError(
    "connectionLost",
    `${cause}: nothing of it is kept, and this statement was not run.`,
    { origin: "postgres", code: lossCode },
  );
}
