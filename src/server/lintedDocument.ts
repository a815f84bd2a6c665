import type {
  TextDocumentContentChangeEvent,
  TextDocumentsConfiguration,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { LintDocument } from "../core/credentials/document";
import type { Judged } from "../core/credentials/judge";
import type { LintLanguage } from "../core/credentials/lint";
import type { LintOptions } from "../core/credentials/options";
import type { OffsetRange } from "../core/credentials/finding";
import type { DocumentRange } from "../protocol/server";
import type { PlacedFinding } from "./findings";

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

/**
 * An open document with what is found in it, which diagnostics, hovers, actions and fixes share. An edit costs what it
 * changed, and nothing until somebody asks. It holds the text and values, and goes when the document is closed.
 */
export class LintedDocument {
  private lint: LintDocument | null;
  private known: readonly PlacedFinding[] | undefined;

  constructor(
    private readonly content: TextDocument,
    private chosen: LintOptions,
  ) {
    this.lint = this.linted(chosen);
  }

  /** What the user has said about the lint. */
  get options(): LintOptions {
    return this.chosen;
  }

  get uri(): string {
    return this.content.uri;
  }

  get languageId(): string {
    return this.content.languageId;
  }

  get version(): number {
    return this.content.version;
  }

  /** The text as it is now. */
  getText(): string {
    return this.content.getText();
  }

  /** Takes the changes of one notification, each to the text as the ones before it left it. */
  update(
    changes: readonly TextDocumentContentChangeEvent[],
    version: number,
  ): void {
    const { content } = this;
    for (const change of changes) {
      const range =
        "range" in change
          ? this.offsets(change.range)
          : { start: 0, end: content.getText().length };
      TextDocument.update(content, [change], version);
      this.lint?.update({ ...range, text: change.text }, content.getText());
    }
    this.known = undefined;
  }

  /** Begins anew with other options. */
  setOptions(options: LintOptions): void {
    this.chosen = options;
    this.lint = this.linted(options);
    this.known = undefined;
  }

  /** The findings with their places; none for a language that is not checked. */
  placed(): readonly PlacedFinding[] {
    this.known ??= (this.lint?.report().findings ?? []).map((finding) => ({
      finding,
      range: this.range(finding.range),
    }));
    return this.known;
  }

  /** The credentials with their values, for the fixes alone. */
  judged(): readonly Judged[] {
    return this.lint?.judged() ?? [];
  }

  /** A range of offsets as lines and columns. */
  range({ start, end }: OffsetRange): DocumentRange {
    const { content } = this;
    return { start: content.positionAt(start), end: content.positionAt(end) };
  }

  private offsets({ start, end }: DocumentRange): OffsetRange {
    const { content } = this;
    const from = content.offsetAt(start);
    const to = content.offsetAt(end);
    return { start: Math.min(from, to), end: Math.max(from, to) };
  }

  private linted(options: LintOptions): LintDocument | null {
    const { content } = this;
    const language = lintLanguage(content.languageId);
    return language === null
      ? null
      : new LintDocument(content.getText(), language, content.uri, options);
  }
}

/** How open documents are made and changed; each begins with the options of its time. */
export function linting(
  options: () => LintOptions,
): TextDocumentsConfiguration<LintedDocument> {
  return {
    create: (...own) =>
      new LintedDocument(TextDocument.create(...own), options()),
    update: (document, changes, version) => {
      document.update(changes, version);
      return document;
    },
  };
}
