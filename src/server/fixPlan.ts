import { attachmentPlan } from "../core/credentials/fix/attachmentPlan";
import { fixAll } from "../core/credentials/fix/fixAll";
import { planFor } from "../core/credentials/fix/fixFor";
import { isForGetenv } from "../core/credentials/fix/fixPlan";
import type {
  AttachmentPlan,
  FixAllParams,
  FixAllPlan,
  FixPlan,
  FixPlanParams,
  MoveCredential,
} from "../protocol/server";
import { sameRange, type PlacedFinding } from "./findings";
import { lintLanguage, type LintedDocument } from "./lintedDocument";

/** How to carry out the fix of a finding, value included; null when the finding or its fix is not there any more. */
export function fixPlanFor(
  document: LintedDocument,
  params: FixPlanParams,
): FixPlan | null {
  const language = lintLanguage(document.languageId);
  const placed = placedFinding(document, params);
  if (language === null || placed === undefined) {
    return null;
  }
  const text = document.getText();
  const { takenNames, takenBeside } = params;
  const plan = planFor(
    { text, language, fileName: document.uri, takenNames, takenBeside },
    document.judged(),
    placed.finding,
  );
  if (plan === null) {
    return null;
  }
  return {
    version: document.version,
    edits: plan.edits.map(({ range, newText }) => ({
      range: document.range(range),
      newText,
    })),
    env: plan.isBeside === true ? [] : plan.env,
    envBeside: plan.isBeside === true ? plan.env : [],
    notes: plan.note === undefined ? [] : [plan.note],
    isForGetenv: isForGetenv(plan),
  };
}

/** The attachment that the ATTACH with a finding comes to, password included; null when it is none. */
export function attachmentPlanFor(
  document: LintedDocument,
  params: MoveCredential,
): AttachmentPlan | null {
  const placed = placedFinding(document, params);
  const plan =
    placed === undefined
      ? null
      : attachmentPlan(document.getText(), placed.finding.range);
  return plan === null
    ? null
    : {
        ...plan,
        version: document.version,
        edits: plan.edits.map(({ range, newText }) => ({
          range: document.range(range),
          newText,
        })),
      };
}

function placedFinding(
  document: LintedDocument,
  { range: wanted, rule }: MoveCredential,
): PlacedFinding | undefined {
  return document
    .placed()
    .find(
      ({ finding, range }) => finding.rule === rule && sameRange(range, wanted),
    );
}

/** How to fix every finding of a document that has a fix, values included; null when none has. */
export function fixAllPlanFor(
  document: LintedDocument,
  { intoStorage, takenNames, takenBeside }: FixAllParams,
): FixAllPlan | null {
  const language = lintLanguage(document.languageId);
  if (language === null) {
    return null;
  }
  const text = document.getText();
  const { uri, version, options } = document;
  const plan = fixAll(
    { text, language, fileName: uri, takenNames, takenBeside, options },
    intoStorage,
  );
  const { env, envBeside, stored, notes, fixed } = plan;
  if (fixed === 0) {
    return null;
  }
  const { start, end, newText } = difference(text, plan.text);
  return {
    version,
    edits: [{ range: document.range({ start, end }), newText }],
    env,
    envBeside,
    stored,
    notes,
    isForGetenv: false,
    fixed,
  };
}

/** The one piece in which two texts differ. */
function difference(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly newText: string } {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) {
    start++;
  }
  let tail = 0;
  while (
    tail < shortest - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  return {
    start,
    end: before.length - tail,
    newText: after.slice(start, after.length - tail),
  };
}
