import type { ErrorInfo } from "./errorInfo";

/** An error that already knows what to tell the user; every other error is a bug and is shown as `unknown`. */
export class ViaductError extends Error {
  constructor(readonly info: ErrorInfo) {
    super(info.message);
    this.name = "ViaductError";
  }
}

/** The error as it is shown: a `ViaductError` in its own words, anything else as a defect of ours. */
export function toErrorInfo(error: unknown): ErrorInfo {
  if (error instanceof ViaductError) {
    return error.info;
  }
  return {
    class: "unknown",
    origin: "viaduct",
    message: error instanceof Error ? error.message : String(error),
    hint: "This is not expected: the log has more.",
    actions: ["showLog"],
  };
}
