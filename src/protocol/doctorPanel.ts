/** Extension host ⇄ the doctor's page. JSON-safe; the page decides nothing, and names no command. */
import type { DoctorFix, DoctorReport } from "../core/doctor/report";
import type { ErrorInfo } from "../core/errors/errorInfo";

/** What the page shows. */
export interface DoctorView {
  readonly state: "running" | "done" | "failed";
  /** The newest one; while another is made, the one before it. */
  readonly report: DoctorReport | null;
  /** Why there is no new report. */
  readonly error: ErrorInfo | null;
  /** When the report was made, in the user's words; empty without one. */
  readonly madeAt: string;
  /** Fixes that the host can carry out; the page shows no button for others. */
  readonly fixes: readonly DoctorFix[];
}

/** Host → page: all that there is to show. */
export interface HostToDoctor {
  readonly type: "view";
  readonly view: DoctorView;
}

/** Form in which a report is copied. */
export type DoctorCopy = "markdown" | "json";

/** Page → host. */
export type DoctorToHost =
  /** The page listens. */
  | { readonly type: "ready" }
  /** Examine again. */
  | { readonly type: "run" }
  /** Put the report on the clipboard. */
  | { readonly type: "copy"; readonly as: DoctorCopy }
  /** Carry out a fix that the check with this place in the report offers. */
  | { readonly type: "fix"; readonly check: number; readonly fix: DoctorFix };
