import type { ConnectionValues } from "../../core/connections/connectionValues";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { endClient } from "./endClient";
import { openClient, postgresError } from "./connect";

/**
 * Why a certificate was not accepted. libpq says the same of an expired one and of an unknown authority; Node says which
 * of these it is.
 */
export async function tlsReason(
  error: ErrorInfo,
  values: ConnectionValues,
  limits: ConnectionLimits,
): Promise<ErrorInfo> {
  if (error.class !== "tlsUnverified") {
    return error;
  }
  try {
    await endClient(await openClient(values, limits));
    return error;
  } catch (again) {
    const { info } = postgresError(again);
    return info.class === "tlsUnverified" ? info : error;
  }
}
