import type { ErrorAction, ErrorInfo } from "../core/errors/errorInfo";
import type { Notice } from "../core/results/result";
import type { SentStatement } from "../protocol/engine";
import type { StatementView } from "../protocol/panel";
import { make } from "./dom";
import type { IconName } from "./icons";
import { icon } from "./icons";
import { actionLabel, errorTitle } from "./texts";

/** Called with the action whose button was pressed. */
export type OnAction = (action: ErrorAction) => void;

/** An error with what to do about it. */
export function errorView(error: ErrorInfo, onAction: OnAction): HTMLElement {
  const code = error.code === undefined ? "" : ` ${error.code}`;
  const title = make(
    "div",
    "card-title",
    icon("error", "tone-error"),
    make("strong", "", errorTitle(error)),
    make("span", "dim", `${originNames[error.origin]}${code}`),
  );
  const parts: HTMLElement[] = [
    title,
    make("pre", "error-message", error.message),
  ];
  if (error.hint !== "") parts.push(make("p", "hint", error.hint));
  if (error.actions.length > 0) parts.push(actionsView(error, onAction));
  return make("section", "card", ...parts);
}

/** Buttons for an error's actions, the first one the likeliest. */
export function actionsView(error: ErrorInfo, onAction: OnAction): HTMLElement {
  const buttons = error.actions.map((action, index) => {
    const button = make(
      "button",
      index === 0 ? "button" : "button secondary",
      actionLabel(action),
    );
    button.type = "button";
    button.addEventListener("click", () => {
      onAction(action);
    });
    return button;
  });
  return make("div", "actions", ...buttons);
}

/** What the server said, each with its severity. */
export function noticesView(notices: readonly Notice[]): HTMLElement {
  const items = notices.map(({ severity, message }) => {
    const { name, tone } = severityLook(severity);
    return make(
      "li",
      "notice",
      icon(name, `tone-${tone}`),
      make("span", "severity", severity),
      make("span", "notice-text", message),
    );
  });
  return make("ul", "plain-list", ...items);
}

/** The SQL that went to servers, word by word. */
export function sentView(sent: readonly SentStatement[]): HTMLElement {
  const items = sent.map(({ alias, sql }) =>
    make(
      "li",
      "sent",
      make("span", "badge", alias),
      make("pre", "sent-sql", sql),
    ),
  );
  return make("ul", "plain-list", ...items);
}

/** Notices of a statement: the outcome's when it has ended. */
export function noticesOf(statement: StatementView): readonly Notice[] {
  return statement.outcome?.notices ?? statement.notices;
}

/** The warnings among them, which must not wait for somebody to open a list. */
export function warningsOf(statement: StatementView): readonly string[] {
  return noticesOf(statement)
    .filter(({ severity }) => severity.toUpperCase() === "WARNING")
    .map(({ message }) => message);
}

const originNames: Readonly<Record<ErrorInfo["origin"], string>> = {
  duckdb: "DuckDB",
  postgres: "PostgreSQL",
  viaduct: "Viaduct",
};

function severityLook(severity: string): { name: IconName; tone: string } {
  switch (severity.toUpperCase()) {
    case "WARNING":
      return { name: "warning", tone: "warning" };
    case "ERROR":
    case "FATAL":
    case "PANIC":
      return { name: "error", tone: "error" };
    default:
      return { name: "info", tone: "info" };
  }
}
