import type { AttachmentSpec } from "../../core/connections/attachment";
import { aboutAttachment } from "../../core/connections/attachmentError";
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
  /** Undefined when there is none; `mayAsk` is false where nobody waits for the answer. */
  find(spec: AttachmentSpec, mayAsk: boolean): Promise<string | undefined>;
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

/** Makes the attachments of a session in whatever engine process runs, and knows why one could not be made. */
export class SessionAttachments {
  readonly book: AttachmentBook;
  private readonly failedEmitter = new Emitter<FailedAttachment>();
  /** An attachment of the settings could not be made, and nobody has asked for it just now. */
  readonly onFailed = this.failedEmitter.event;

  constructor(private readonly parts: SessionAttachmentParts) {
    this.book = new AttachmentBook(parts.withLimits ?? ((spec) => spec));
  }

  /** Makes every attachment of the session in a new process. */
  async restore(link: EngineLink): Promise<void> {
    this.book.bring(this.parts.attachments());
    await this.attachAll(link, [...this.book.specs.values()]);
  }

  /** Does what follows from a change of the settings; true when there was anything to do. */
  async bringInLine(link: EngineLink): Promise<boolean> {
    const { detach, attach } = this.book.bring(this.parts.attachments());
    for (const alias of detach) {
      await this.detach(link, alias);
    }
    await this.attachAll(link, attach);
    return detach.length + attach.length > 0;
  }

  async attach(link: EngineLink, spec: AttachmentSpec): Promise<CatalogInfo> {
    const info = await this.request(link, spec, true);
    this.book.noteAttached(spec);
    return info;
  }

  async test(
    link: EngineLink,
    spec: AttachmentSpec,
  ): Promise<ConnectionReport> {
    return this.about(spec, async () =>
      link.request(
        "testConnection",
        await this.requestFor(this.book.limited(spec), true),
      ),
    );
  }

  /** The attachments that the engine does not have, as catalogs that say why. */
  missing(catalogs: readonly CatalogInfo[]): readonly CatalogInfo[] {
    const known = new Set(catalogs.map(({ name }) => name));
    return [...this.book.specs.values()]
      .filter(({ alias }) => !known.has(alias))
      .map((spec) => unattached(spec, this.book.problemOf(spec.alias)));
  }

  /** Detaches what Viaduct has attached; another catalog of the name is the user's. */
  async detach(link: EngineLink, alias: string): Promise<void> {
    const catalogs = await link.request("listCatalogs", null);
    if (catalogs.some(({ name, managed }) => name === alias && managed)) {
      await link.request("detach", { alias });
    }
  }

  dispose(): void {
    this.failedEmitter.dispose();
  }

  /** An attachment that cannot be made is a problem of its own; the session goes on without it. */
  private async attachAll(
    link: EngineLink,
    specs: readonly AttachmentSpec[],
  ): Promise<void> {
    await Promise.all(specs.map((spec) => this.attachUnasked(link, spec)));
  }

  private async attachUnasked(
    link: EngineLink,
    spec: AttachmentSpec,
  ): Promise<void> {
    // The user may have detached, removed or changed it while it was being made.
    const wanted = () => this.book.specs.get(spec.alias);
    try {
      await this.request(link, spec, false);
      if (wanted() === spec) {
        this.book.noteAttached(spec);
      } else if (wanted() === undefined) {
        await this.detach(link, spec.alias);
      }
    } catch (error) {
      if (wanted() === spec) {
        this.failedEmitter.fire({ spec, problem: toErrorInfo(error) });
      }
    }
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

  private async request(
    link: EngineLink,
    spec: AttachmentSpec,
    mayAsk: boolean,
  ): Promise<CatalogInfo> {
    return this.about(spec, async () => {
      const request = await this.requestFor(this.book.send(spec), mayAsk);
      const send = () => link.request("attach", request);
      return mayAsk
        ? send().catch((error: unknown) =>
            this.installNeeded(link, spec.alias, error).then(send),
          )
        : send();
    });
  }

  private async requestFor(
    spec: AttachmentSpec,
    mayAsk: boolean,
  ): Promise<AttachRequest> {
    const origin = spec.options?.password;
    if (origin === undefined) {
      return spec;
    }
    const password = await this.parts.passwords?.find(spec, mayAsk);
    if (password === undefined) {
      throw viaductError(
        "passwordMissing",
        origin === "prompt"
          ? `The password of ${spec.alias} was not entered yet.`
          : `The password of ${spec.alias} is not in VS Code's SecretStorage.`,
      );
    }
    return { ...spec, password };
  }
}
