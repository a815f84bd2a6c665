import type { AttachmentSpec } from "../../core/connections/attachment";
import { aboutAttachment } from "../../core/connections/attachmentError";
import { passwordElsewhere } from "../../core/connections/passwordElsewhere";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type { CatalogInfo, ConnectionReport } from "../../protocol/catalog";
import type { AttachRequest } from "../../protocol/engine";
import { Emitter } from "../lifetime/emitter";
import { AttachmentBook } from "./attachmentBook";
import { unattached } from "./engineErrors";
import type { EngineLink } from "./engineLink";

/** Where the passwords come from that are not the sources'. */
export interface SessionPasswords {
  /** The one for a server, as `sourceServer` says it; undefined when there is none. `mayAsk` is false where nobody waits. */
  find(
    spec: AttachmentSpec,
    server: string,
    mayAsk: boolean,
  ): Promise<string | undefined>;
  /** The other server that the known password was entered for; undefined when there is none. */
  formerServer(
    spec: AttachmentSpec,
    server: string,
  ): Promise<string | undefined>;
  /** The server did not take it. */
  refused(spec: AttachmentSpec): void;
}

/** What the session's attachments are made from. */
export interface SessionAttachmentParts {
  /** The attachments of the settings, read at each start and at each `sync`. */
  readonly attachments: () => readonly AttachmentSpec[];
  /** An attachment with the limits of the settings where it has none of its own. */
  readonly withLimits?: (spec: AttachmentSpec) => AttachmentSpec;
  readonly passwords?: SessionPasswords;
  /** Asks whether an extension that an attachment needs may be downloaded. */
  readonly mayInstall?: (
    alias: string,
    extension: NonNullable<ErrorInfo["extension"]>,
  ) => Promise<boolean>;
}

/** An attachment that could not be made although the settings name it. */
export interface FailedAttachment {
  readonly spec: AttachmentSpec;
  readonly problem: ErrorInfo;
}

/** Errors that are the engine's, and none of an attachment. */
const ofEngine: ReadonlySet<ErrorInfo["class"]> = new Set([
  "engineCrashed",
  "engineUnavailable",
]);

/** Makes the attachments of a session in whatever engine process runs, and knows why one could not be made. */
export class SessionAttachments {
  readonly book: AttachmentBook;
  private readonly failedEmitter = new Emitter<FailedAttachment>();
  /** An attachment of the settings could not be made, and nobody has asked for it just now. */
  readonly onFailed = this.failedEmitter.event;
  /** What is being attached in the process of now, by alias. */
  private readonly pending = new Map<string, Promise<unknown>>();
  /** What was attached in the process of now. */
  private readonly attached = new Set<string>();

  constructor(private readonly parts: SessionAttachmentParts) {
    this.book = new AttachmentBook(parts.withLimits ?? ((spec) => spec));
  }

  /**
   * Asks a new process for every attachment of the session. Answers when it was asked, and does not wait for servers:
   * what comes later and is about one of them waits in the engine.
   */
  async restore(
    link: EngineLink,
    onEnded: () => void = () => undefined,
  ): Promise<void> {
    this.pending.clear();
    this.attached.clear();
    this.book.bring(this.parts.attachments());
    const begun = [...this.book.specs.values()].map((spec) =>
      this.attachUnasked(link, spec),
    );
    for (const { ended } of begun) {
      void ended.then(onEnded);
    }
    await Promise.all(begun.map(({ asked }) => asked));
  }

  /** Does what follows from a change of the settings; true when there was anything to do. */
  async bringInLine(link: EngineLink): Promise<boolean> {
    const { detach, attach } = this.book.bring(this.parts.attachments());
    for (const alias of detach) {
      await this.detach(link, alias);
    }
    // An attachment that cannot be made is a problem of its own; the session goes on without it.
    await Promise.all(
      attach.map((spec) => this.attachUnasked(link, spec).ended),
    );
    return detach.length + attach.length > 0;
  }

  async attach(link: EngineLink, spec: AttachmentSpec): Promise<CatalogInfo> {
    const info = await this.about(spec, async () => {
      const request = await this.requestFor(link, this.book.send(spec), true);
      const send = () => link.request("attach", request);
      return send().catch((error: unknown) =>
        this.installNeeded(link, spec.alias, error).then(send),
      );
    });
    this.noteAttached(spec);
    return info;
  }

  async test(
    link: EngineLink,
    spec: AttachmentSpec,
  ): Promise<ConnectionReport> {
    return this.about(spec, async () =>
      link.request(
        "testConnection",
        await this.requestFor(link, this.book.limited(spec), true),
      ),
    );
  }

  /** The attachments that the engine does not have, as catalogs that say why. */
  missing(catalogs: readonly CatalogInfo[]): readonly CatalogInfo[] {
    const known = new Set(catalogs.map(({ name }) => name));
    return [...this.book.specs.values()]
      .filter(({ alias }) => !known.has(alias))
      .map((spec) =>
        unattached(
          spec,
          this.pending.has(spec.alias) ? null : this.book.problemOf(spec.alias),
        ),
      );
  }

  /** The aliases that are attached now, for a later look at what has become of them. */
  get present(): readonly string[] {
    return [...this.attached];
  }

  /** What was there and is in no list of the engine's any more, a DETACH of the user's has removed. */
  noteGone(present: readonly string[], catalogs: readonly CatalogInfo[]): void {
    const known = new Set(catalogs.map(({ name }) => name));
    for (const alias of present) {
      if (!known.has(alias) && this.attached.delete(alias)) {
        this.book.noteDetached(alias);
      }
    }
  }

  /** Detaches what Viaduct has attached, or tries to; another catalog of the name is the user's. */
  async detach(link: EngineLink, alias: string): Promise<void> {
    this.attached.delete(alias);
    const catalogs = await link.request("listCatalogs", null);
    const key = alias.toLowerCase();
    if (
      catalogs.every(
        ({ name, managed }) => managed || name.toLowerCase() !== key,
      )
    ) {
      await link.request("detach", { alias });
    }
  }

  dispose(): void {
    this.failedEmitter.dispose();
  }

  /** Begins to attach what nobody waits for: `asked` when the engine knows of it, `ended` when it is over. */
  private attachUnasked(
    link: EngineLink,
    spec: AttachmentSpec,
  ): { readonly asked: Promise<void>; readonly ended: Promise<void> } {
    const limited = this.book.send(spec);
    const request = this.requestFor(link, limited, false).catch(
      (error: unknown) => {
        // Without its password the engine refuses it, and can tell a statement why it is not there.
        void link.request("attach", limited).catch(() => undefined);
        throw error;
      },
    );
    const answer = this.about(spec, async () =>
      link.request("attach", await request),
    );
    const ended = this.settle(link, spec, answer);
    this.pending.set(spec.alias, ended);
    return {
      asked: request.then(
        () => undefined,
        () => undefined,
      ),
      ended: ended.finally(() => {
        if (this.pending.get(spec.alias) === ended) {
          this.pending.delete(spec.alias);
        }
      }),
    };
  }

  private async settle(
    link: EngineLink,
    spec: AttachmentSpec,
    answer: Promise<unknown>,
  ): Promise<void> {
    // The user may have detached, removed or changed it while it was being made.
    const wanted = () => this.book.specs.get(spec.alias);
    try {
      await answer;
      if (wanted() === spec) {
        this.noteAttached(spec);
      } else if (wanted() === undefined) {
        await this.detach(link, spec.alias);
      }
    } catch (error) {
      const problem = toErrorInfo(error);
      if (wanted() === spec && !ofEngine.has(problem.class)) {
        this.failedEmitter.fire({ spec, problem });
      }
    }
  }

  private noteAttached(spec: AttachmentSpec): void {
    this.attached.add(spec.alias);
    this.book.noteAttached(spec);
  }

  /** Errors of what is done for an attachment name it, and are remembered. */
  private async about<T>(
    spec: AttachmentSpec,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const problem = aboutAttachment(toErrorInfo(error), spec);
      if (problem.class === "authenticationFailed") {
        this.parts.passwords?.refused(spec);
      }
      this.book.noteFailed(spec, problem);
      throw new ViaductError(problem);
    }
  }

  /** Installs what is missing once the user has agreed; otherwise the error stays what it is. */
  private async installNeeded(
    link: EngineLink,
    alias: string,
    error: unknown,
  ): Promise<void> {
    const { extension } = toErrorInfo(error);
    if (
      extension === undefined ||
      (await this.parts.mayInstall?.(alias, extension)) !== true
    ) {
      throw error;
    }
    await link.request("installExtension", { name: extension.name });
  }

  private async requestFor(
    link: EngineLink,
    spec: AttachmentSpec,
    mayAsk: boolean,
  ): Promise<AttachRequest> {
    const origin = spec.options?.password;
    if (origin === undefined) {
      return spec;
    }
    const { passwords } = this.parts;
    const { server } = await link.request("sourceServer", spec);
    const password = await passwords?.find(spec, server, mayAsk);
    if (password === undefined) {
      const former = await passwords?.formerServer(spec, server);
      if (former !== undefined) {
        throw passwordElsewhere(former, server);
      }
      throw viaductError(
        "passwordMissing",
        origin === "prompt"
          ? `The password of ${spec.alias} was not entered yet.`
          : `The password of ${spec.alias} is not in VS Code's SecretStorage.`,
      );
    }
    return { ...spec, password, passwordServer: server };
  }
}
