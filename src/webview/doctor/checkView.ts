import type { DoctorCheck, DoctorFix } from "../../core/doctor/report";
import { button, make } from "../dom";
import { icon } from "../icons";
import { fixLabel, statusLook } from "./doctorTexts";

/** What a check's buttons need. */
export interface CheckActions {
  /** Fixes that the host can carry out. */
  readonly possible: readonly DoctorFix[];
  readonly onFix: (fix: DoctorFix) => void;
}

/** One line of the checklist. */
export function checkView(
  { status, title, reason, hint, sql, fixes }: DoctorCheck,
  { possible, onFix }: CheckActions,
): HTMLLIElement {
  const look = statusLook(status);
  const what = make(
    "div",
    "check-text",
    make(
      "div",
      "check-title",
      make("span", "check-name", title),
      make("span", "check-status", look.word),
    ),
    make("div", "check-reason", reason),
  );
  if (hint !== undefined && hint !== "") {
    what.append(
      make("div", "check-hint", make("span", "dim", "Next step: "), hint),
    );
  }
  if (sql !== undefined) what.append(sqlView(sql));
  const buttons = fixes
    .filter((fix) => possible.includes(fix))
    // Out of its line, a screen reader's list of buttons would have many of the same name.
    .map((fix) =>
      button(
        "button secondary",
        fixLabel(fix),
        () => {
          onFix(fix);
        },
        `${fixLabel(fix)}: ${title}`,
      ),
    );
  if (buttons.length > 0) what.append(make("div", "check-fixes", ...buttons));
  return make(
    "li",
    `check check-${status}`,
    make("span", `check-icon tone-${look.tone}`, icon(look.icon)),
    what,
  );
}

/** SQL folds away: it is long, and the button copies it. */
function sqlView(sql: string): HTMLElement {
  const details = make(
    "details",
    "check-sql",
    make("summary", "", "SQL"),
    make("pre", "", sql),
  );
  return details;
}
