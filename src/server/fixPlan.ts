import { fixFor } from "../core/credentials/fix/fixFor";
import { LineIndex } from "../core/diagnostics/lineIndex";
import type { FixPlan, FixPlanParams } from "../protocol/server";
import { documentRange, placedFindings, sameRange } from "./findings";
import { lintLanguage, type LintedDocument } from "./lintedDocument";

/** How to carry out the fix of a finding, value included; null when the finding or its fix is not there any more. */
export function fixPlanFor(
  document: LintedDocument,
  params: FixPlanParams,
): FixPlan | null {
  const language = lintLanguage(document.languageId);
  const placed = placedFindings(document).find(
    ({ finding, range }) =>
      finding.rule === params.rule && sameRange(range, params.range),
  );
  if (language === null || placed === undefined) {
    return null;
  }
  const text = document.getText();
  const { takenNames } = params;
  const plan = fixFor(
    { text, language, fileName: document.uri, takenNames },
    placed.finding,
  );
  if (plan === null) {
    return null;
  }
  const lines = new LineIndex(text);
  return {
    version: document.version,
    edits: plan.edits.map(({ range, newText }) => ({
      range: documentRange(lines, range),
      newText,
    })),
    env: plan.env,
  };
}
