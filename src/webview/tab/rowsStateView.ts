import type { TabDeed, TabView } from "../../protocol/panel";
import { button, make } from "../dom";
import { icon } from "../icons";
import type { Instead } from "../statementPane";

/** What is shown in the place of a tab's rows; null when they can be read. */
export function insteadOfRows(
  tab: TabView,
  onDeed: (deed: TabDeed) => void,
): Instead | null {
  if (tab.rows === "here") return null;
  return {
    key: JSON.stringify([tab.rows, tab.problem, tab.canRerun]),
    view: () => rowsStateView(tab, onDeed),
  };
}

/** Why rows cannot be read now, and what to do about it. */
function rowsStateView(
  tab: TabView,
  onDeed: (deed: TabDeed) => void,
): HTMLElement {
  const again = tab.canRerun
    ? [
        button("button", "Run Again", () => {
          onDeed("rerun");
        }),
      ]
    : [];
  switch (tab.rows) {
    case "here":
    case "saved":
      return savedView(tab.problem);
    case "gone":
      return make(
        "div",
        "calm",
        icon("warning", "tone-warning"),
        make("h2", "", "These rows are gone"),
        make(
          "p",
          "dim",
          "The engine that had them has ended. Rows of pinned results are kept.",
        ),
        make("div", "actions", ...again),
      );
    case "broken":
      return make(
        "div",
        "calm",
        icon("error", "tone-error"),
        make("h2", "", "The pinned rows cannot be read"),
        make("p", "dim", tab.problem ?? ""),
        make(
          "div",
          "actions",
          button("button secondary", "Try Again", () => {
            onDeed("show");
          }),
          ...again,
        ),
      );
  }
}

function savedView(problem: string | null): HTMLElement {
  return problem === null
    ? make(
        "div",
        "calm",
        icon("running", "tone-active"),
        make("h2", "", "Opening the pinned rows…"),
        make("p", "dim", "They are read from the file that they were kept in."),
      )
    : make(
        "div",
        "calm",
        icon("waiting"),
        make("h2", "", "The pinned rows are not opened"),
        make("p", "dim", problem),
      );
}
