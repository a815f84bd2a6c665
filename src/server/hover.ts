import { MarkupKind, type Hover } from "vscode-languageserver/node";
import { rules } from "../core/credentials/rules";
import type { DocumentRange } from "../protocol/server";
import { touches } from "./findings";
import type { LintedDocument } from "./lintedDocument";
import { ruleLink } from "./ruleLink";

/** The explanation of the finding at a position, or null. */
export function hoverFor(
  document: LintedDocument,
  position: DocumentRange["start"],
): Hover | null {
  const at = { start: position, end: position };
  const placed = document.placed().find(({ range }) => touches(range, at));
  if (placed === undefined) {
    return null;
  }
  const { rule } = placed.finding;
  const { title, why, remedy } = rules[rule];
  const value = `**${title}**\n\n${why}\n\n${remedy}\n\n[${rule}](${ruleLink(rule)})`;
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range: placed.range,
  };
}
