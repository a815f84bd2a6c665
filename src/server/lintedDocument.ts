import type { LintLanguage } from "../core/credentials/lint";

/** What the features need of an open document; `TextDocument` has it all. */
export interface LintedDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  getText(): string;
}

const yamlLanguages = new Set([
  "yaml",
  "dockercompose",
  "github-actions-workflow",
  "helm",
  "home-assistant",
  "azure-pipelines",
]);

/** What a language of the editor is read as; null for one that is not checked. */
export function lintLanguage(languageId: string): LintLanguage | null {
  if (/sql|postgres|duckdb/i.test(languageId)) {
    return "sql";
  }
  return yamlLanguages.has(languageId) || languageId.startsWith("yaml")
    ? "yaml"
    : null;
}
