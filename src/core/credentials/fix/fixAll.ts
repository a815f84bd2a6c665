import { lint } from "../lint";
import { defaultLintOptions } from "../options";
import { judgedOf, planFor } from "./fixFor";
import {
  isForGetenv,
  type EnvEntry,
  type FixDocument,
  type FixNote,
  type OffsetEdit,
  type OffsetFixPlan,
} from "./fixPlan";

/** What fixing every finding of a document comes to. */
export interface FixAllPlan {
  /** The document afterwards. */
  readonly text: string;
  readonly env: readonly EnvEntry[];
  /** Those that go to VS Code's secret storage instead: `getenv()` of Viaduct reads them. */
  readonly stored: readonly EnvEntry[];
  /** Variables for a `.env` beside the document. */
  readonly envBeside: readonly EnvEntry[];
  readonly notes: readonly FixNote[];
  /** How many findings are gone. */
  readonly fixed: number;
}

/** A fix may bring another within reach, and two may want the same place: then the second waits for a later round. */
const maxRounds = 50;

/** Every finding that has a fix, fixed once; the order does not matter, because each round reads what the last one wrote. */
export function fixAll(document: FixDocument, intoStorage = false): FixAllPlan {
  const env: EnvEntry[] = [];
  const stored: EnvEntry[] = [];
  const envBeside: EnvEntry[] = [];
  const notes = new Set<FixNote>();
  let { text } = document;
  let fixed = 0;
  const beside = document.takenBeside ?? document.takenNames;
  for (let round = 0; round < maxRounds; round++) {
    const taken = [...env, ...stored, ...envBeside].map(({ name }) => name);
    const next = fixRound({
      ...document,
      text,
      takenNames: [...document.takenNames, ...taken],
      takenBeside: [...beside, ...taken],
    });
    if (next.plans.length === 0) {
      break;
    }
    text = next.text;
    fixed += next.plans.length;
    for (const plan of next.plans) {
      const isStored = intoStorage && isForGetenv(plan);
      const own = plan.isBeside === true ? envBeside : env;
      (isStored ? stored : own).push(...plan.env);
      if (plan.note !== undefined) {
        notes.add(plan.note);
      }
    }
  }
  return { text, env, stored, envBeside, notes: [...notes], fixed };
}

/** The fixes of one reading of a document that do not get in each other's way. */
function fixRound(document: FixDocument): {
  readonly text: string;
  readonly plans: readonly OffsetFixPlan[];
} {
  const { fileName, language, options, text } = document;
  const findings = lint(
    text,
    language,
    fileName,
    options ?? defaultLintOptions,
  );
  const judged = findings.length === 0 ? [] : judgedOf(document);
  const plans: OffsetFixPlan[] = [];
  const edits: OffsetEdit[] = [];
  const names: string[] = [];
  for (const finding of findings) {
    const takenNames = [...document.takenNames, ...names];
    const takenBeside = [
      ...(document.takenBeside ?? document.takenNames),
      ...names,
    ];
    const plan = planFor(
      { ...document, takenNames, takenBeside },
      judged,
      finding,
    );
    if (plan === null || plan.edits.some((edit) => isInTheWay(edit, edits))) {
      continue;
    }
    plans.push(plan);
    edits.push(...plan.edits);
    plan.env.forEach(({ name }) => names.push(name));
  }
  return { text: applyOffsetEdits(text, edits), plans };
}

/** Insertions at one place are no conflict: they come one after the other. */
function isInTheWay(edit: OffsetEdit, others: readonly OffsetEdit[]): boolean {
  const { start, end } = edit.range;
  return others.some(({ range }) =>
    start === end
      ? range.start < start && start < range.end
      : range.start === range.end
        ? start < range.start && range.start < end
        : start < range.end && range.start < end,
  );
}

/** A text with edits made; of insertions at one place the first comes first. */
function applyOffsetEdits(text: string, edits: readonly OffsetEdit[]): string {
  const sorted = [...edits].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  );
  const parts: string[] = [];
  let at = 0;
  for (const { range, newText } of sorted) {
    parts.push(text.slice(at, range.start), newText);
    at = range.end;
  }
  return parts.join("") + text.slice(at);
}
