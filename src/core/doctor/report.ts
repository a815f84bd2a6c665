import type { AttachmentSpec } from "../connections/attachment";
import type { ErrorAction, ErrorInfo } from "../errors/errorInfo";

/** How a check ended. `skipped` says in its reason why there was nothing to check. */
export type CheckStatus = "pass" | "warn" | "fail" | "skipped";

/** What can be offered beside an error's actions as a fix of a check. */
export type DoctorFix = ErrorAction | "updateExtension" | "copySql";

/** One line of the doctor's checklist. */
export interface DoctorCheck {
  /** Stable, such as `server.tls`; unique together with `subject`. */
  readonly id: string;
  /** What it is about: an alias, an extension, a file; empty for the session. */
  readonly subject: string;
  /** What was checked, as a short noun phrase. */
  readonly title: string;
  readonly status: CheckStatus;
  /** One sentence: what was found. Never a secret. */
  readonly reason: string;
  readonly fixes: readonly DoctorFix[];
  /** The next step, as one sentence; absent where there is none. */
  readonly hint?: string;
  /** SQL that would fix it (`ANALYZE …`, `REVOKE …`), to be read and run by the user; absent without. */
  readonly sql?: string;
}

/** Everything that the doctor found, in the order of the checklist. */
export interface DoctorReport {
  readonly checks: readonly DoctorCheck[];
}

/** An attachment of the settings, and why it could not be made when that was tried. */
export interface WantedAttachment extends AttachmentSpec {
  /** Where the source does not have it; it goes to the engine and never back. */
  readonly password?: string;
  readonly problem?: ErrorInfo;
}
