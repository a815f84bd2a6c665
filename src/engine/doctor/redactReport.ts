import type { DoctorReport } from "../../core/doctor/report";
import type { Redactor } from "../../core/errors/redactor";

/** The report as it may leave the engine: no text of it has a secret. */
export function redactReport(
  { checks }: DoctorReport,
  redactor: Redactor,
): DoctorReport {
  return {
    checks: checks.map((check) => ({
      ...check,
      reason: redactor.redact(check.reason),
      ...(check.hint === undefined
        ? {}
        : { hint: redactor.redact(check.hint) }),
      ...(check.sql === undefined ? {} : { sql: redactor.redact(check.sql) }),
    })),
  };
}
