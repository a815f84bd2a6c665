import { checkAlias } from "../../core/connections/alias";
import type {
  AttachmentSource,
  AttachmentSpec,
} from "../../core/connections/attachment";
import { aboutAttachment } from "../../core/connections/attachmentError";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type { AttachRequest } from "../../protocol/engine";
import type { Connection } from "../duckdb";
import { Serial } from "../serial";
import type { CopiesOwner } from "../snapshots/copiesFile";
import type { ConnectionSources } from "../sources/connectionSources";
import { withoutPassword, type Attachment } from "./attachment";
import { Attempts } from "./attempts";
import { ForeignDatabases } from "./foreign";
import { Pulse } from "./pulse";
import { Scanner, secretName, type ScannerParts } from "./scanner";

/** What `Attachments` is made of. */
export interface AttachmentParts extends ScannerParts {
  readonly sources: ConnectionSources;
  /** Name of the workspace's database, which need not be open. */
  readonly workspaceCatalog: string;
  readonly onChanged: () => void;
  /** Another connection to DuckDB. */
  readonly connect: () => Promise<Connection>;
  /** How long a connection is kept that is not used. */
  readonly idleMs: number;
  /** True when local copies can stand in for an alias. */
  readonly hasCopies: (owner: CopiesOwner) => boolean;
}

/** Attaches PostgreSQL databases, notices when they go away and brings them back. */
export class Attachments {
  private readonly byAlias = new Map<string, Attachment>();
  /** What DuckDB does for one alias after the other. */
  private readonly working = new Serial();
  /** What is being done for an alias, and what was done in vain. */
  readonly attempts = new Attempts();

  private readonly scanner: Scanner;
  private readonly pulse: Pulse;
  /** Those that statements have attached. */
  readonly foreign: ForeignDatabases;

  constructor(private readonly parts: AttachmentParts) {
    this.scanner = new Scanner(parts);
    this.pulse = new Pulse(parts.limits, parts.idleMs);
    this.foreign = new ForeignDatabases({
      control: parts.control,
      connect: parts.connect,
      patienceMs:
        1000 * parts.limits("run", { readOnly: true }).connectTimeoutSeconds,
      isManaged: (alias) => this.get(alias) !== undefined,
      onChanged: parts.onChanged,
    });
  }

  get all(): readonly Attachment[] {
    return [...this.byAlias.values()];
  }

  /** Aliases are case-insensitive, as catalogs are in DuckDB. */
  get(alias: string): Attachment | undefined {
    return this.byAlias.get(alias.toLowerCase());
  }

  /** The attachment, or `attachmentMissing`. */
  need(alias: string): Attachment {
    const attachment = this.get(alias);
    if (attachment === undefined) {
      throw this.attempts.missing(alias);
    }
    return attachment;
  }

  /** Attaches, or attaches anew with values read again. Servers that say nothing are waited for side by side. */
  attach(request: AttachRequest): Promise<Attachment> {
    const spec = withoutPassword(request);
    return this.attempts.attach(spec, async () => {
      checkAlias(spec.alias);
      const values = await this.parts.sources.read(request);
      const silence = await this.scanner.silenceOf(spec, values);
      return this.working.run(async () => {
        await this.refuseForeignName(spec.alias);
        const identity = await this.scanner
          .begin(spec, values, silence)
          .catch(async (error: unknown) => {
            const problem = aboutAttachment(toErrorInfo(error), spec);
            await this.noteFailure(spec, values, problem);
            throw new ViaductError(problem);
          });
        const attachment = { spec, values, ...identity, problem: null };
        this.byAlias.set(spec.alias.toLowerCase(), attachment);
        this.parts.onChanged();
        return attachment;
      });
    });
  }

  /** Detaches; what is not attached is not an error. */
  detach(alias: string): Promise<void> {
    return this.attempts.run(alias, () =>
      this.working.run(async () => {
        const attachment = this.get(alias);
        const isAttempt =
          attachment === undefined && this.attempts.hasFailed(alias);
        this.attempts.forget(alias);
        if (!isAttempt) {
          await this.scanner.dropCatalog(attachment?.spec.alias ?? alias);
        }
        if (attachment !== undefined) {
          this.byAlias.delete(alias.toLowerCase());
          await this.scanner.dropSecret(attachment.spec.alias);
        }
        this.parts.onChanged();
      }),
    );
  }

  /** A temporary secret with a name that the user's own ATTACH can use. */
  async createSecret(name: string, source: AttachmentSource): Promise<void> {
    const values = await this.parts.sources.read({ source });
    await this.scanner.load();
    await this.scanner.bindSecret(name, values, { readOnly: false });
  }

  /** Attaches an unreachable alias again with the values that are known. Throws why it still does not work. */
  revive(alias: string): Promise<void> {
    return this.attempts.run(alias, async () => {
      const away = this.need(alias);
      if (away.problem === null) {
        return;
      }
      const silence = await this.scanner.silenceOf(away.spec, away.values);
      if (silence !== null) {
        throw new ViaductError(silence);
      }
      await this.working.run(async () => {
        const identity = await this.scanner.attach(away.spec, away.values);
        this.byAlias.set(alias.toLowerCase(), {
          ...away,
          ...identity,
          problem: null,
        });
        this.parts.onChanged();
      });
    });
  }

  /**
   * Looks which servers do not answer and detaches them: one dead catalog makes DuckDB fail even for local tables
   * (engine-facts, fact 6). Returns the aliases that were lost, of all that are attached or of some.
   */
  detachDead(
    isMeant: (alias: string) => boolean = () => true,
  ): Promise<string[]> {
    const meant = (): readonly Attachment[] =>
      this.all.filter(
        ({ problem, spec }) => problem === null && isMeant(spec.alias),
      );
    if (meant().length === 0) {
      // Local work does not wait for what is being attached.
      return Promise.resolve([]);
    }
    return this.working.run(async () => {
      const attached = meant();
      const problems = await Promise.all(
        attached.map((one) =>
          this.pulse.check(one, () =>
            this.scanner.attach(one.spec, one.values),
          ),
        ),
      );
      const lost: string[] = [];
      for (const [index, attachment] of attached.entries()) {
        const problem = problems[index] ?? null;
        const { spec } = attachment;
        if (problem !== null) {
          await this.scanner.dropCatalog(spec.alias).catch(() => undefined);
          this.byAlias.set(spec.alias.toLowerCase(), {
            ...attachment,
            problem: aboutAttachment(problem, spec),
          });
          lost.push(spec.alias);
        }
      }
      if (lost.length > 0) {
        this.parts.onChanged();
      }
      return lost;
    });
  }

  /** Attaches everything anew that is attached, so that it gets the limits of now. */
  async renew(): Promise<void> {
    // One that says nothing would hold up the others.
    await this.detachDead();
    return this.working.run(async () => {
      for (const { spec, values } of this.all.filter(
        ({ problem }) => problem === null,
      )) {
        await this.scanner.bindSecret(secretName(spec.alias), values, spec);
        await this.scanner.attach(spec, values);
      }
    });
  }

  /** The aliases that are known and away. */
  get awayAliases(): readonly string[] {
    return [
      ...this.all
        .filter(({ problem }) => problem !== null)
        .map(({ spec }) => spec.alias),
      ...this.foreign.away,
    ];
  }

  /** Attaches again what had gone away. Throws why it is still away. */
  async bringBack(isMeant: (alias: string) => boolean): Promise<void> {
    for (const { spec, problem } of this.all) {
      if (problem !== null && isMeant(spec.alias)) {
        await this.revive(spec.alias);
      }
    }
    if (this.foreign.away.some(isMeant)) {
      await this.working.run(() => this.foreign.revive(isMeant));
    }
  }

  /** Closes the connections beside DuckDB's. */
  close(): Promise<void> {
    return this.pulse.close();
  }

  /** Forgets aliases that a DETACH of the user's has removed. */
  forgetDetached(): Promise<void> {
    return this.working.run(async () => {
      const present = await this.scanner.catalogNames();
      for (const { spec, problem } of this.all) {
        if (problem === null && !present.has(spec.alias.toLowerCase())) {
          this.byAlias.delete(spec.alias.toLowerCase());
          await this.scanner.dropSecret(spec.alias);
        }
      }
    });
  }

  /** Makes the extension look at the servers' schemas anew. */
  clearCache(): Promise<void> {
    return this.scanner.clearCache();
  }

  /**
   * What was attached before under the alias is not any more; of a new alias nothing stays, unless there are local
   * copies that can stand in until its server is back.
   */
  private async noteFailure(
    spec: AttachmentSpec,
    values: ConnectionValues,
    problem: ErrorInfo,
  ): Promise<void> {
    const previous = this.get(spec.alias);
    if (
      previous === undefined &&
      !this.parts.hasCopies({ alias: spec.alias, values })
    ) {
      await this.scanner.dropCatalog(spec.alias).catch(() => undefined);
      await this.scanner.dropSecret(spec.alias).catch(() => undefined);
      return;
    }
    this.byAlias.set(spec.alias.toLowerCase(), {
      spec,
      values,
      serverVersion: previous?.serverVersion ?? "",
      tls: previous?.tls ?? null,
      problem,
    });
    this.parts.onChanged();
  }

  private async refuseForeignName(alias: string): Promise<void> {
    const key = alias.toLowerCase();
    const isWorkspace = key === this.parts.workspaceCatalog.toLowerCase();
    if (
      this.get(alias) === undefined &&
      (isWorkspace || (await this.scanner.catalogNames()).has(key))
    ) {
      throw viaductError(
        "aliasInvalid",
        `There is already a database called "${alias}" in this session.`,
      );
    }
  }
}
