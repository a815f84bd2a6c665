import type { TextChange } from "../sql/segmentCache";
import type { Judged } from "./judge";
import { judgeText } from "./lint";
import type { LintLanguage } from "./language";
import type { LintOptions } from "./options";
import { reportOf, type LintReport } from "./report";
import { SqlLint } from "./sqlLint";

/**
 * A document that is being edited, and its findings: an edit of SQL costs the statements that it changed. Holds the
 * text and values: it goes when the document is closed.
 */
export class LintDocument {
  private readonly sql: SqlLint | null;
  private known: readonly Judged[] | undefined;
  private reported: LintReport | undefined;

  constructor(
    private content: string,
    private readonly language: LintLanguage,
    private readonly fileName: string,
    private readonly options: LintOptions,
  ) {
    this.sql = language === "sql" ? new SqlLint(content, options) : null;
  }

  /** The text as it is now. */
  get text(): string {
    return this.content;
  }

  /**
   * Takes a change, and the text after it, which its owner has: a second copy of a long one would cost as much as all
   * else. What the change costs is paid when findings are asked for.
   */
  update(change: TextChange, after: string): void {
    this.content = after;
    this.sql?.change(change, after);
    this.known = undefined;
    this.reported = undefined;
  }

  /** The credentials with their values: for fixes, within the core only. */
  judged(): readonly Judged[] {
    this.known ??=
      this.sql?.judged() ??
      judgeText(this.content, this.language, this.fileName, this.options);
    return this.known;
  }

  /** What is shown of them, and what is not. */
  report(): LintReport {
    this.reported ??= reportOf(
      this.content,
      this.judged(),
      this.language,
      this.fileName,
      this.options,
      this.sql?.mayHoldMark(),
    );
    return this.reported;
  }
}
