import type { OffsetRange } from "./finding";
import { LiteralSearch, type Literal } from "./literalSearch";
import { LineRanges } from "./lineRanges";
import { matchesOf } from "./matches";

/** What a mark in a comment says, wherever it stands. */
export interface SuppressionMark {
  /** From the mark's first character to the last rule that it names. */
  readonly range: OffsetRange;
  /** `line`: its own line, or the next when it is alone on its own. `start` and `end` enclose lines; `file` is all. `none`: misspelt. */
  readonly reach: "line" | "nextLine" | "file" | "start" | "end" | "none";
  /** Rules that it names, with their places; all rules when it names none. */
  readonly rules: readonly NamedRule[];
  /** What stands behind it; empty for nothing. */
  readonly reason: string;
  /** Only our own form is reported when it is unused: the others are there for other tools. */
  readonly isOurs: boolean;
}

/** A rule that a mark names; it need not be one that there is. */
export interface NamedRule {
  readonly id: string;
  readonly range: OffsetRange;
  /** False for what has not the form of one, like `CY*`: it is not taken for a reason, which would mean all rules. */
  readonly isForm: boolean;
}

const ourWords = ["credlint", "cred-lint"];

const allWords =
  "allowlist whitelist :allow :ignore nosonar secretlint- nosec nosemgrep ggignore checkov:skip kics-scan noqa";

/** One search that most texts fail: it looks for what every mark has, many times faster than patterns do. */
const ours = new LiteralSearch(ourWords.map(inAnyCase));
const any = new LiteralSearch(
  [...ourWords, ...allWords.split(" ")].map(inAnyCase),
);

function inAnyCase(text: string): Literal {
  return { text, anyCase: true };
}

const anyMark =
  /cred-?lint|(?:allow|white)list[ -]|:(?:allow|ignore)\b|NOSONAR|secretlint-|nosec\b|nosemgrep|ggignore|checkov:skip|kics-scan|noqa/i;

/**
 * Ours, and by the peers: detect-secrets, gitleaks and its fork, SonarQube, secretlint, TruffleHog and Kingfisher,
 * Bandit and gosec, Semgrep, ggshield, Checkov, KICS, and flake8-bandit's three rules about passwords (a bare `noqa` is
 * said to formatters of SQL).
 */
const mark = new RegExp(
  "(?<![\\w-])(?:" +
    "(credlint:ignore)(-file)?(?![\\w:-])|" +
    "pragma: ?(?:allow|white)list[ -](nextline[ -])?secret\\b|" +
    "(?:gitleaks|betterleaks):allow\\b|(?:trufflehog|kingfisher):ignore\\b|NOSONAR\\b|" +
    "(secretlint-(?:disable-next-line|disable-line|disable|enable))(?![\\w-])|" +
    "nosec\\b|nosemgrep\\b|checkov:skip=CKV_SECRET_\\d+|kics-scan ignore-line\\b|" +
    "noqa: ?(?:[A-Z]+\\d+, ?)*S10[567]\\b|" +
    "(ggignore(?:-start|-end)?)(?![\\w-])|" +
    // Not a form of ours, but meant as one; prose about the tool has a blank and goes on.
    "(?<!/)(cred-?lint(?:" +
    ":[a-z][\\w:-]*|" +
    "[ \\t]*[:=.-][ \\t]*(?:ignor|disabl|allow|skip|suppress|exclud|enabl|nosec|off\\b)[\\w:-]*|" +
    "[ \\t]+(?:ignore|disable|allow|skip|suppress)(?:[-:]\\w[\\w-]*)?(?=[\\s:=[(]*C[SXY]\\d|[ \\t]*(?:\\*/|[\\r\\n]|$))" +
    "))" +
    ")",
  "gi",
);

/** A rule, and what was meant as one: `CY*`, `CS10`, `CS101-CS105`, `C203`, `CY`. */
const ruleId = "[Cc][SsXxYy]\\d{3}(?![\\w?]|\\*(?!/)|-(?:[Cc][SsXxYy])?\\d)";
const notRuleId =
  "[Cc][SsXxYy](?=[-_]?\\d|[\\dXx_-]*(?:\\?|\\*(?!/))|[Xx]{1,3}\\b)(?:[\\w?-]|\\*(?!/))+|" +
  "[Cc][SsXxYy] \\d{3}\\b|[Cc]\\d{3}\\b|[Cc]\\*(?!/)|C[SXY](?![\\w-])";

const ruleList = new RegExp(`^(?:[\\s,=:[\\]()]*(?:${ruleId}|${notRuleId}))+`);
const eachRule = new RegExp(`(${ruleId})|${notRuleId}`, "g");

/** How much behind a mark belongs to it: a line of marks alone would take time by its square. */
const maxRest = 500;

/**
 * False when no mark of a text does anything. Without findings only ours do, which are then reported as unused: most
 * texts need no more than that one search.
 */
export function mayHoldMark(text: string, hasFindings: boolean): boolean {
  return hasFindings ? any.isIn(text) && anyMark.test(text) : ours.isIn(text);
}

/** Every mark of a text, in comments or not, in order. */
export function readMarks(text: string): SuppressionMark[] {
  const found: SuppressionMark[] = [];
  const lines = new LineRanges(text);
  for (const match of matchesOf(text, mark)) {
    const { 1: own, 2: file, 3: next, 4: lint, 5: gg, 6: misspelt } = match;
    const start = match.index;
    const end = start + match[0].length;
    const lineEnd = Math.min(lines.at(end).end, end + maxRest);
    const rest = text.slice(end, lineEnd);
    const rules = own === undefined ? noRules : namedRules(rest, end);
    const last = rules.at(-1)?.range.end ?? end;
    found.push({
      range: { start, end: last },
      reach:
        misspelt !== undefined
          ? "none"
          : reachOf(
              file !== undefined,
              next !== undefined,
              (lint ?? gg ?? "").toLowerCase(),
              rest,
            ),
      rules,
      reason: reasonIn(text.slice(last, lineEnd)),
      isOurs: (own ?? misspelt) !== undefined,
    });
  }
  return found;
}

function reachOf(
  isFile: boolean,
  isNext: boolean,
  word: string,
  rest: string,
): SuppressionMark["reach"] {
  switch (word) {
    case "secretlint-disable":
      // For one of its own rules it says nothing about the others: a whole file would go unseen.
      return /^\s*@/.test(rest) ? "line" : "start";
    case "ggignore-start":
      return "start";
    case "secretlint-enable":
    case "ggignore-end":
      return "end";
    case "secretlint-disable-next-line":
      return "nextLine";
    default:
      return isFile ? "file" : isNext ? "nextLine" : "line";
  }
}

const noRules: readonly NamedRule[] = [];

function namedRules(rest: string, at: number): readonly NamedRule[] {
  const list = rest === "" ? "" : (ruleList.exec(rest)?.[0] ?? "");
  if (list === "") {
    return noRules;
  }
  return matchesOf(list, eachRule).map(({ 0: id, 1: form, index }) => ({
    id: id.toUpperCase(),
    range: { start: at + index, end: at + index + id.length },
    isForm: form !== undefined,
  }));
}

function reasonIn(rest: string): string {
  if (rest === "") {
    return "";
  }
  const close = rest.indexOf("*/");
  return (close < 0 ? rest : rest.slice(0, close))
    .replace(/^[\s:\]),;–—-]+/, "")
    .trim();
}
