import type { StatementView } from "../protocol/panel";
import { make } from "./dom";
import type { IconName } from "./icons";
import { icon } from "./icons";
import type { OnAction } from "./outcomeViews";
import { errorView, noticesOf, noticesView, sentView } from "./outcomeViews";
import { counted, duration, summary } from "./texts";

/** What is shown when nothing has been run. */
export function firstView(): HTMLElement {
  return make(
    "main",
    "welcome",
    icon("bridge", "welcome-icon"),
    make("h1", "", "Nothing has been run yet"),
    make(
      "p",
      "",
      "Open a SQL file and choose ",
      make("strong", "", "Run"),
      " above a statement. It may join DuckDB tables with every attached PostgreSQL database.",
    ),
    make(
      "p",
      "dim",
      make("strong", "", "Run on <alias>"),
      " sends a statement as it is to one PostgreSQL, with its notices and command tag.",
    ),
  );
}

/** What is shown of a statement that has no rows to show: its state, error, messages, and what went to servers. */
export function statementView(
  statement: StatementView,
  isCancelling: boolean,
  onAction: OnAction,
): HTMLElement {
  const parts: HTMLElement[] = [headline(statement, isCancelling)];
  const error = statement.outcome?.error ?? null;
  if (error !== null && statement.state === "failed") {
    parts.splice(0, 1, errorView(error, onAction));
  }
  const notices = noticesOf(statement);
  if (notices.length > 0) {
    parts.push(
      listSection(counted(notices.length, "message"), noticesView(notices)),
    );
  }
  if (statement.outcome !== null) parts.push(sentSection(statement));
  return make("div", "plain", ...parts);
}

function sentSection(statement: StatementView): HTMLElement {
  const sent = statement.outcome?.sent ?? [];
  if (sent.length === 0) {
    return make("p", "dim sent-none", "Nothing was sent to PostgreSQL.");
  }
  const title = `Sent to PostgreSQL: ${counted(sent.length, "statement")}`;
  return listSection(title, sentView(sent));
}

function listSection(title: string, list: HTMLElement): HTMLElement {
  const section = make(
    "details",
    "list-section",
    make("summary", "", title),
    list,
  );
  section.open = true;
  return section;
}

function headline(
  statement: StatementView,
  isCancelling: boolean,
): HTMLElement {
  switch (statement.state) {
    case "waiting":
      return calm(
        "waiting",
        "Waiting",
        "It runs after the statements before it.",
      );
    case "notRun":
      return calm(
        "cancelled",
        "Not run",
        "The run ended before this statement: one before it failed or was cancelled.",
      );
    case "running":
      return calm(
        "running",
        isCancelling ? "Cancelling…" : "Running…",
        statement.text,
      );
    case "cancelled": {
      const after = statement.outcome?.elapsedMs ?? 0;
      return calm(
        "cancelled",
        "Cancelled",
        `It was stopped after ${duration(after)}. No rows had arrived.`,
      );
    }
    case "failed":
    case "succeeded":
      return make(
        "section",
        "card",
        make(
          "div",
          "card-title",
          icon("check", "tone-success"),
          make("strong", "tag", summary(statement)),
          make("span", "dim", duration(statement.outcome?.elapsedMs ?? 0)),
        ),
        make("pre", "statement-text", statement.text),
      );
  }
}

function calm(name: IconName, title: string, text: string): HTMLElement {
  return make(
    "div",
    "calm",
    icon(name, name === "running" ? "tone-active" : ""),
    make("h2", "", title),
    make("p", "dim calm-text", text),
  );
}
