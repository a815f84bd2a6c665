import * as vscode from "vscode";
import { oneLine } from "../../core/history/searchHistory";
import type {
  ParameterType,
  ValueProblem,
} from "../../core/sql/parameterValue";
import { plainLabel } from "../commands/plainLabel";

/** Longest piece of a value that is shown. */
const longestShown = 60;

/** A value in a list. */
export function shownValue(value: string | null): string {
  return value === null ? "NULL" : plainLabel(oneLine(value, longestShown));
}

/** What a type is called. */
export function typeWord(type: ParameterType): string {
  switch (type) {
    case "auto":
      return vscode.l10n.t("As the engine expects");
    case "text":
      return vscode.l10n.t("Text");
    case "integer":
      return vscode.l10n.t("Integer");
    case "decimal":
      return vscode.l10n.t("Decimal");
    case "double":
      return vscode.l10n.t("Floating-point number");
    case "boolean":
      return vscode.l10n.t("Boolean");
    case "date":
      return vscode.l10n.t("Date");
    case "time":
      return vscode.l10n.t("Time");
    case "timestamp":
      return vscode.l10n.t("Timestamp");
    case "timestamptz":
      return vscode.l10n.t("Timestamp with time zone");
    case "interval":
      return vscode.l10n.t("Interval");
    case "uuid":
      return vscode.l10n.t("UUID");
    case "other":
      return vscode.l10n.t("Another type…");
    case "null":
      return "NULL";
  }
}

/** How a value of a type is written. */
export function exampleOf(type: ParameterType): string {
  switch (type) {
    case "date":
      return "2024-12-31";
    case "time":
      return "23:59:59";
    case "timestamp":
      return "2024-12-31 23:59:59";
    case "timestamptz":
      return "2024-12-31 23:59:59+01";
    case "interval":
      return "1 month 3 days";
    case "boolean":
      return "true";
    case "uuid":
      return "f47ac10b-58cc-4372-a567-0e02b2c3d479";
    case "integer":
      return "42";
    case "decimal":
    case "double":
      return "1.5";
    case "auto":
    case "text":
    case "other":
    case "null":
      return "";
  }
}

/** Why a value is refused. */
export function problemText(problem: ValueProblem): string {
  switch (problem) {
    case "notInteger":
      return vscode.l10n.t("Write a whole number, such as 42.");
    case "tooLarge":
      return vscode.l10n.t("No number of this type has so many digits.");
    case "notDecimal":
      return vscode.l10n.t("Write a number with a point, such as 1.5.");
    case "notDouble":
      return vscode.l10n.t("Write a number, such as 1.5 or 1e10.");
    case "notBoolean":
      return vscode.l10n.t("Write true or false.");
    case "notDate":
      return vscode.l10n.t("Write a day that exists, such as 2024-12-31.");
    case "notTime":
      return vscode.l10n.t("Write a time of day, such as 23:59:59.");
    case "notTimestamp":
      return vscode.l10n.t(
        "Write a point in time that exists, such as 2024-12-31 23:59:59.",
      );
    case "notInterval":
      return vscode.l10n.t("Write an interval, such as 1 month 3 days.");
    case "notUuid":
      return vscode.l10n.t("Write a UUID of 32 hexadecimal digits.");
    case "notUnicode":
      return vscode.l10n.t("The text has half of a character in it.");
  }
}
