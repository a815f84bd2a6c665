import type { AttachmentSpec } from "../../core/connections/attachment";
import type { DbtSelection } from "../../core/dbt/profiles";
import { joinAttachments, selectedTarget } from "../../core/dbt/selectedTarget";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineLink } from "../engine/engineLink";
import type { Disposable } from "../lifetime/disposableStore";
import { Emitter } from "../lifetime/emitter";

/** What is known of the selected dbt output. */
export interface DbtReport {
  /** Null while nothing is selected. */
  readonly selection: DbtSelection | null;
  /** Name of the output that is used: the profile's default when the selection names none; null until it was read. */
  readonly target: string | null;
  /** Absolute path of its DuckDB file; null for none. */
  readonly database: string | null;
  readonly problems: readonly ErrorInfo[];
  readonly notes: readonly string[];
}

/** What the session's dbt side needs to know. */
export interface DbtSessionParts {
  readonly selection: () => Promise<DbtSelection | null>;
  /** The attachments that the settings name. */
  readonly attachments: () => readonly AttachmentSpec[];
  readonly log: (message: string) => void;
}

const nothing: DbtReport = {
  selection: null,
  target: null,
  database: null,
  problems: [],
  notes: [],
};

/** The dbt output of this window: what the engine found in it, for the status bar, the log and the Problems view. */
export class DbtSession implements Disposable {
  private readonly changed = new Emitter<DbtReport>();
  private readonly told = new Set<string>();
  private current: DbtReport = nothing;
  private changing = false;
  private found: readonly AttachmentSpec[] = [];

  constructor(private readonly parts: DbtSessionParts) {}

  readonly onChanged = this.changed.event;

  get report(): DbtReport {
    return this.current;
  }

  /** Changes the selection; what is between its first and its last setting does not count. */
  async change(task: () => Promise<void>): Promise<void> {
    this.changing = true;
    try {
      await task();
    } finally {
      this.changing = false;
    }
  }

  /** What is selected now; without the engine nothing else is known of it. */
  async select(): Promise<DbtSelection | null> {
    if (this.changing) {
      return this.current.selection;
    }
    const selection = await this.parts.selection();
    const { selection: before } = this.current;
    if (JSON.stringify(selection) !== JSON.stringify(before)) {
      this.show({ ...nothing, selection });
    }
    return selection;
  }

  /** The attachments of the settings, and those of the output that were found last. */
  get attachments(): readonly AttachmentSpec[] {
    return joinAttachments(this.parts.attachments(), this.found);
  }

  /**
   * Reads the selected output through the engine: what is to be attached, and what is wrong. `unused` is what the
   * engine itself could not take over. Never rejects.
   */
  async read(
    engine: Pick<EngineLink, "request">,
    unused: readonly ErrorInfo[] = [],
  ): Promise<void> {
    const selection = await this.select();
    if (selection === null) {
      this.found = [];
      return;
    }
    const { report, attachments } = await look(engine, selection);
    this.found = attachments;
    const known = new Set(report.problems.map(identity));
    // An output that cannot be read at all is one problem, whatever words the engine has for it.
    const more =
      report.target === null
        ? []
        : unused.filter((problem) => !known.has(identity(problem)));
    this.show({ ...report, problems: [...report.problems, ...more] });
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** Each note and problem is told to the log once, however often the file is read. */
  private show(report: DbtReport): void {
    this.current = report;
    for (const line of [
      ...report.problems.map(({ message }) => message),
      ...report.notes,
    ]) {
      if (!this.told.has(line)) {
        this.told.add(line);
        this.parts.log(`dbt: ${line}`);
      }
    }
    this.changed.fire(report);
  }
}

/** What the engine finds in a selected output. */
async function look(
  engine: Pick<EngineLink, "request">,
  selection: DbtSelection,
): Promise<{
  readonly report: DbtReport;
  readonly attachments: readonly AttachmentSpec[];
}> {
  const failed = (problem: ErrorInfo) => ({
    report: { ...nothing, selection, problems: [problem] },
    attachments: [],
  });
  try {
    const { file } = selection;
    const profiles = await engine.request("readDbtProfiles", { file });
    const target = selectedTarget(profiles, selection);
    if ("class" in target) {
      return failed(target);
    }
    const { name, database, problems, notes, attachments } = target;
    return {
      report: { selection, target: name, database, problems, notes },
      attachments,
    };
  } catch (error) {
    return failed(toErrorInfo(error));
  }
}

function identity({ class: kind, message, file }: ErrorInfo): string {
  return JSON.stringify([kind, message, file]);
}
