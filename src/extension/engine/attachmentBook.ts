import type { AttachmentSpec } from "../../core/connections/attachment";
import { isSameAttachment } from "../../core/connections/sameAttachment";
import type { ErrorInfo } from "../../core/errors/errorInfo";

/** What has to be done so that the engine has what the settings say. */
export interface AttachmentChanges {
  readonly detach: readonly string[];
  readonly attach: readonly AttachmentSpec[];
}

/** Which attachments the session is to have, which of them the user has detached, and what is wrong with the others. */
export class AttachmentBook {
  private readonly wanted = new Map<string, AttachmentSpec>();
  private readonly away = new Map<string, AttachmentSpec>();
  private readonly attempts = new Map<string, AttachmentSpec>();
  private readonly problems = new Map<string, ErrorInfo>();
  /** As they went to the engine, with the limits of the settings. */
  private readonly sent = new Map<string, AttachmentSpec>();
  private configured = new Map<string, AttachmentSpec>();

  constructor(
    private readonly withLimits: (spec: AttachmentSpec) => AttachmentSpec,
  ) {}

  /** The attachments of the session by alias, reachable or not. */
  get specs(): ReadonlyMap<string, AttachmentSpec> {
    return this.wanted;
  }

  /** Attachments of the settings that the user has detached for this session. */
  get detached(): ReadonlyMap<string, AttachmentSpec> {
    return this.away;
  }

  /** What is known under an alias: attached, detached, or tried in vain. */
  find(alias: string): AttachmentSpec | undefined {
    return (
      this.wanted.get(alias) ?? this.away.get(alias) ?? this.attempts.get(alias)
    );
  }

  problemOf(alias: string): ErrorInfo | undefined {
    return this.problems.get(alias);
  }

  /** The spec with the limits that hold now. */
  limited(spec: AttachmentSpec): AttachmentSpec {
    return this.withLimits(spec);
  }

  /** The spec as it is to be sent to the engine now, which is remembered. */
  send(spec: AttachmentSpec): AttachmentSpec {
    const sent = this.withLimits(spec);
    this.sent.set(spec.alias, sent);
    return sent;
  }

  noteAttached(spec: AttachmentSpec): void {
    this.wanted.set(spec.alias, spec);
    this.away.delete(spec.alias);
    this.problems.delete(spec.alias);
    this.attempts.delete(spec.alias);
  }

  /** What was attached under the alias before stays known; a new one is an attempt, and no more. */
  noteFailed(spec: AttachmentSpec, problem: ErrorInfo): void {
    this.attempts.set(spec.alias, spec);
    if (this.wanted.has(spec.alias)) {
      this.problems.set(spec.alias, problem);
    }
  }

  /** The attachment is to be there although it could not be attached. */
  keep(spec: AttachmentSpec, problem: ErrorInfo): void {
    this.wanted.set(spec.alias, spec);
    this.away.delete(spec.alias);
    this.problems.set(spec.alias, problem);
    // It was tried already: only a change is a reason to try it again.
    this.send(spec);
  }

  /** Detached for this session; what the settings name can be attached again. */
  noteDetached(alias: string): void {
    const spec = this.configured.get(alias) ?? this.wanted.get(alias);
    this.drop(alias);
    if (spec !== undefined) {
      this.away.set(alias, spec);
    }
  }

  /** Nothing is known of the alias any more. */
  forget(alias: string): void {
    this.drop(alias);
    this.configured.delete(alias);
  }

  /** Before a new start: what the settings name is to be attached, without what the user has detached. */
  clear(): void {
    this.wanted.clear();
    this.problems.clear();
    this.attempts.clear();
    this.sent.clear();
    this.configured.clear();
  }

  /** Takes over what the settings name now, and says what follows from it. */
  bring(specs: readonly AttachmentSpec[]): AttachmentChanges {
    const next = new Map(specs.map((spec) => [spec.alias, spec]));
    const detach = [...this.configured.keys()].filter(
      (alias) => !next.has(alias),
    );
    for (const alias of [...detach, ...this.away.keys()]) {
      if (!next.has(alias)) {
        this.forget(alias);
      }
    }
    const attach = specs.filter((spec) => this.takeOver(spec));
    this.configured = next;
    return { detach, attach };
  }

  private takeOver(spec: AttachmentSpec): boolean {
    const { alias } = spec;
    if (this.away.has(alias)) {
      this.away.set(alias, spec);
      return false;
    }
    const before = this.configured.get(alias);
    const current = this.wanted.get(alias);
    // What the user changed in the session alone stays so until the entry itself is changed.
    if (
      current === undefined ||
      before === undefined ||
      !isSameAttachment(before, spec)
    ) {
      this.wanted.set(alias, spec);
    }
    const sent = this.sent.get(alias);
    const wanted = this.withLimits(this.wanted.get(alias) ?? spec);
    return sent === undefined || !isSameAttachment(sent, wanted);
  }

  private drop(alias: string): void {
    this.wanted.delete(alias);
    this.away.delete(alias);
    this.attempts.delete(alias);
    this.problems.delete(alias);
    this.sent.delete(alias);
  }
}
