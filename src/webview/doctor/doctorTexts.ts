import type { CheckStatus, DoctorFix } from "../../core/doctor/report";
import type { IconName } from "../icons";
import { actionLabel, type Tone } from "../texts";

/** How a status looks and what it is called: never colour alone. */
export function statusLook(status: CheckStatus): {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
} {
  switch (status) {
    case "pass":
      return { word: "Passed", icon: "check", tone: "success" };
    case "warn":
      return { word: "Warning", icon: "warning", tone: "warning" };
    case "fail":
      return { word: "Failed", icon: "error", tone: "error" };
    case "skipped":
      return { word: "Skipped", icon: "cancelled", tone: "quiet" };
  }
}

/** What a button says that offers a fix. */
export function fixLabel(fix: DoctorFix): string {
  switch (fix) {
    case "updateExtension":
      return "Update Extension";
    case "copySql":
      return "Copy SQL";
    default:
      return actionLabel(fix);
  }
}
