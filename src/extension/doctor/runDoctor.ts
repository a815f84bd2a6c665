import type { CommandTable } from "../commands/commandTable";
import type { DoctorPanel } from "./doctorPanel";

/** Examines engine, extensions, secrets and servers, and shows what was found. */
export function runDoctor(
  panel: DoctorPanel,
): CommandTable["viaduct.runDoctor"] {
  return () => panel.run();
}
