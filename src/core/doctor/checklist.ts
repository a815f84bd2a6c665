import { activityChecks } from "./activityChecks";
import { engineChecks } from "./engineChecks";
import { extensionChecks } from "./extensionChecks";
import type { DoctorFacts } from "./facts";
import { fileChecks } from "./fileChecks";
import { makeCheck, skip } from "./makeCheck";
import type { DoctorReport } from "./report";
import { roleChecks } from "./roleChecks";
import { serverChecks } from "./serverChecks";
import { sourceChecks } from "./sourceChecks";

/** The checklist over what was found. */
export function checklist(facts: DoctorFacts): DoctorReport {
  const { session, attachments, foreign } = facts;
  const isNeeded = attachments.length + foreign.length > 0;
  return {
    checks: [
      ...engineChecks(session),
      ...fileChecks(session),
      ...extensionChecks(session, isNeeded),
      ...attachments.flatMap((attachment) => [
        ...sourceChecks(attachment),
        ...serverChecks(attachment, session.today),
        ...roleChecks(attachment),
        ...activityChecks(attachment),
      ]),
      ...foreign.map((alias) =>
        makeCheck(
          { id: "server.foreign", subject: alias, title: "Server" },
          skip(
            "A statement attached it: Viaduct does not know its connection values. Attach it from a source to have it examined.",
          ),
        ),
      ),
    ],
  };
}
