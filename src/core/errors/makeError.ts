import { adviceFor } from "./describe";
import type {
  ErrorAction,
  ErrorClass,
  ErrorInfo,
  ErrorOrigin,
  FilePlace,
} from "./errorInfo";
import { ViaductError } from "./viaductError";

/** Nothing gives parameters their values here. */
export const parameterHint =
  "Write a value where the statement has a parameter ($1, ? or $name).";

/** What may be said beside class and message. */
export interface ErrorDetails {
  readonly origin?: ErrorOrigin;
  readonly hint?: string;
  readonly position?: number | undefined;
  readonly code?: string | undefined;
  readonly file?: FilePlace | undefined;
  readonly extension?: ErrorInfo["extension"];
  /** Instead of the actions of the class. */
  readonly actions?: readonly ErrorAction[];
}

/** An `ErrorInfo` with the hint and the actions of its class. */
export function errorInfo(
  errorClass: ErrorClass,
  message: string,
  details: ErrorDetails = {},
): ErrorInfo {
  const { hint, actions } = adviceFor(errorClass);
  return {
    class: errorClass,
    origin: details.origin ?? "viaduct",
    message,
    hint: details.hint ?? hint,
    ...(details.position === undefined ? {} : { position: details.position }),
    ...(details.code === undefined ? {} : { code: details.code }),
    ...(details.file === undefined ? {} : { file: details.file }),
    ...(details.extension === undefined
      ? {}
      : { extension: details.extension }),
    actions: details.actions ?? actions,
  };
}

/** The same as an error to throw. */
export function viaductError(
  errorClass: ErrorClass,
  message: string,
  details: ErrorDetails = {},
): ViaductError {
  return new ViaductError(errorInfo(errorClass, message, details));
}
