import { viaductError } from "../errors/makeError";
import type { ViaductError } from "../errors/viaductError";

/** The error of a source that means another server, or user, than the one that the known password was entered for. */
export function passwordElsewhere(
  former: string,
  server: string,
): ViaductError {
  return viaductError(
    "passwordMissing",
    `The password was entered for ${former}, and the source means ${server} now: it was not sent there.`,
    {
      hint: "If that is meant, enter the password of this server; otherwise correct the source.",
      actions: ["enterPassword", "editAttachment"],
    },
  );
}
