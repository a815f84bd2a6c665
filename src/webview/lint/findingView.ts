import { rules } from "../../core/credentials/rules";
import type { RuleId } from "../../core/credentials/ruleIds";
import type { ReportedFile, ReportedFinding } from "../../protocol/lintPanel";
import { button, make } from "../dom";
import { icon } from "../icons";
import { severityLook } from "./lintTexts";

/** What the buttons of a finding do. */
export interface FindingActions {
  readonly onOpen: () => void;
  readonly onFix: () => void;
  readonly onRule: (rule: RuleId) => void;
}

/** One line of the list. `context` says what the heading above does not: the file, or the rule. */
export function findingView(
  file: ReportedFile,
  finding: ReportedFinding,
  context: "file" | "rule",
  { onOpen, onFix, onRule }: FindingActions,
): HTMLLIElement {
  const { rule, severity, message, masked, place, since } = finding;
  const look = severityLook(severity);
  const where = `${file.path}, ${place}`;
  const facts = make("div", "finding-facts");
  // Out of its line, a list of buttons has only their labels.
  if (context === "rule") {
    facts.append(
      button(
        "link",
        rule,
        () => {
          onRule(rule);
        },
        `${rule}: ${rules[rule].title}`,
      ),
    );
  }
  facts.append(
    make(
      "span",
      "finding-place",
      context === "file" ? `${file.path}, ${place}` : place,
    ),
  );
  if (masked !== "") facts.append(make("code", "", masked));
  if (since !== null) facts.append(sinceTag(since));
  return make(
    "li",
    "check finding",
    make("span", `check-icon tone-${look.tone}`, icon(look.icon)),
    make(
      "div",
      "check-text",
      make(
        "div",
        "check-title",
        button("link finding-message", message, onOpen, `${message}: ${where}`),
        make("span", "check-status dim", look.word),
      ),
      facts,
    ),
    // An env file is where credentials belong: there is nothing to do in it, but about it.
    ...(file.isEnvFile
      ? []
      : [
          button(
            "button secondary",
            "Quick Fix…",
            onFix,
            `Quick Fix… ${where}`,
          ),
        ]),
  );
}

function sinceTag(since: string): HTMLElement {
  return make(
    "span",
    "tag tag-warning",
    icon("warning"),
    `In git since ${since}: rotate it`,
  );
}
