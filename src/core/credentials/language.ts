/** What a document is read as. */
export type LintLanguage = "sql" | "yaml" | "env";
