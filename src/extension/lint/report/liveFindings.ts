import type {
  WorkspaceFileFindings,
  WorkspaceFinding,
} from "../../../protocol/server";

/** What an editor shows of a finding: it knows neither the mask nor the history. */
export type ShownFinding = Pick<
  WorkspaceFinding,
  "range" | "rule" | "severity" | "message"
>;

/**
 * The findings of a file as they are shown now, with what the check of the workspace told of each: the nth of a rule and
 * message is the nth as it was. Null when nothing is left.
 */
export function liveFindings(
  before: WorkspaceFileFindings,
  shown: readonly ShownFinding[],
): WorkspaceFileFindings | null {
  const rest = [...before.findings];
  const findings = [...shown].sort(byPlace).map((each): WorkspaceFinding => {
    const known = rest.findIndex(
      ({ rule, message }) => rule === each.rule && message === each.message,
    );
    const [old] = known < 0 ? [] : rest.splice(known, 1);
    return {
      masked: old?.masked ?? "",
      inHistorySince: old?.inHistorySince ?? null,
      cell: old?.cell ?? null,
      ...each,
    };
  });
  return findings.length === 0 ? null : { ...before, findings };
}

function byPlace({ range: a }: ShownFinding, { range: b }: ShownFinding) {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}
