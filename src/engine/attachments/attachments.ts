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
import { ForeignDatabases, type LostForeign } from "./foreign";
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
  private readonly working = new Serial();

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
      throw viaductError(
        "attachmentMissing",
        `No database is attached as "${alias}".`,
      );
    }
    return attachment;
  }

  /** Attaches, or attaches anew with values read again. */
  attach(request: AttachRequest): Promise<Attachment> {
    return this.working.run(async () => {
      const spec = withoutPassword(request);
      checkAlias(spec.alias);
      const values = await this.parts.sources.read(request);
      await this.refuseForeignName(spec.alias);
      await this.scanner.load();
      await this.scanner.bindSecret(secretName(spec.alias), values, spec);
      const identity = await this.scanner
        .attach(spec, values)
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
  }

  /** Detaches; what is not attached is not an error. */
  detach(alias: string): Promise<void> {
    return this.working.run(async () => {
      const attachment = this.get(alias);
      await this.scanner.dropCatalog(attachment?.spec.alias ?? alias);
      if (attachment !== undefined) {
        this.byAlias.delete(alias.toLowerCase());
        await this.scanner.dropSecret(attachment.spec.alias);
      }
      this.parts.onChanged();
    });
  }

  /** A temporary secret with a name that the user's own ATTACH can use. */
  async createSecret(name: string, source: AttachmentSource): Promise<void> {
    const values = await this.parts.sources.read({ source });
    await this.scanner.load();
    await this.scanner.bindSecret(name, values, { readOnly: false });
  }

  /** Attaches an unreachable alias again with the values that are known. Throws why it still does not work. */
  revive(alias: string): Promise<void> {
    return this.working.run(async () => {
      const attachment = this.need(alias);
      if (attachment.problem !== null) {
        const { spec, values } = attachment;
        const identity = await this.scanner.attach(spec, values);
        this.byAlias.set(alias.toLowerCase(), {
          ...attachment,
          ...identity,
          problem: null,
        });
        this.parts.onChanged();
      }
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
  renew(): Promise<void> {
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
      await this.working.run(async () => {
        if (await this.foreign.revive(isMeant)) {
          this.parts.onChanged();
        }
      });
    }
  }

  /** As `detachDead`, for the databases that statements have attached. */
  async detachDeadForeign(
    isMeant?: (alias: string, comesBack: boolean) => boolean,
  ): Promise<readonly LostForeign[]> {
    const lost = await this.foreign.detachDead(isMeant);
    if (lost.length > 0) {
      this.parts.onChanged();
    }
    return lost;
  }

  /** Closes the connections beside DuckDB's. */
  close(): Promise<void> {
    return this.pulse.close();
  }

  /** Forgets aliases that a DETACH of the user's has removed. */
  forgetDetached(): Promise<void> {
    return this.working.run(async () => {
      const rows = await this.parts.control.rows(
        "SELECT lower(database_name) FROM duckdb_databases()",
      );
      const present = new Set(rows.map(([name]) => name));
      for (const { spec, problem } of this.all) {
        const key = spec.alias.toLowerCase();
        if (problem === null && !present.has(key)) {
          this.byAlias.delete(key);
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
    if (this.get(alias) !== undefined) {
      return;
    }
    const isWorkspace =
      alias.toLowerCase() === this.parts.workspaceCatalog.toLowerCase();
    if (isWorkspace || (await this.scanner.hasCatalog(alias))) {
      throw viaductError(
        "aliasInvalid",
        `There is already a database called "${alias}" in this session.`,
      );
    }
  }
}
