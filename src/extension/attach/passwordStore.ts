import type * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { SessionPasswords } from "../engine/sessionAttachments";

/** What `PasswordStore` needs of VS Code's SecretStorage. */
export type Secrets = Pick<vscode.SecretStorage, "get" | "store" | "delete">;

/** What tells one attachment from another. */
export type AttachmentIdentity = Pick<AttachmentSpec, "alias" | "source">;

/** A password, and what it was entered for. */
interface Kept {
  readonly password: string;
  /** As `targetOf`. */
  readonly target: string;
  /** What that was when it was entered: the user and the server, as the engine's `sourceServer` says it. */
  readonly server: string;
}

/**
 * The passwords that are not the sources': in VS Code's SecretStorage, per workspace folder and alias, or in the memory
 * of this session. They go to the engine and nowhere else, and only for the source and the server that they were entered
 * for: neither settings of a workspace that name another source under a known alias, nor files that name another server
 * in a known source, get its password.
 */
export class PasswordStore implements SessionPasswords {
  private readonly remembered = new Map<string, Kept>();
  private readonly asking = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly secrets: Secrets,
    /**
     * What the folder of an attachment is told from others by, first; and then where else a password of it may have been
     * stored: by a version that had all of a window under its first folder, or before the attachment was moved.
     */
    private readonly places: (
      spec: AttachmentIdentity,
    ) => readonly [string, ...string[]],
    /** `former` is the server that a known password was entered for, when it is another one. */
    private readonly ask: (
      spec: AttachmentSpec,
      server: string,
      former: string | undefined,
    ) => Promise<string | undefined>,
  ) {}

  async find(
    spec: AttachmentSpec,
    server: string,
    mayAsk: boolean,
  ): Promise<string | undefined> {
    const known = (await this.known(spec)).find(
      (kept) => kept.server === server,
    );
    return known?.password ?? (mayAsk ? this.askOnce(spec, server) : undefined);
  }

  async formerServer(
    spec: AttachmentSpec,
    server: string,
  ): Promise<string | undefined> {
    return (await this.known(spec)).find((kept) => kept.server !== server)
      ?.server;
  }

  /** What is known for the source of an attachment, whatever server it was entered for. */
  private async known(spec: AttachmentSpec): Promise<readonly Kept[]> {
    const target = targetOf(spec);
    const remembered = this.remembered.get(nameOf(spec.alias));
    return [
      ...(remembered?.target === target ? [remembered] : []),
      ...(isStored(spec)
        ? (await this.stored(spec)).map(({ kept }) => kept)
        : []),
    ];
  }

  /** What is stored for the source of an attachment, its own place first. */
  private async stored(
    spec: AttachmentIdentity,
  ): Promise<readonly { readonly key: string; readonly kept: Kept }[]> {
    const target = targetOf(spec);
    const found = await Promise.all(
      this.keys(spec).map(async (key) => ({
        key,
        kept: readKept(await this.secrets.get(key)),
      })),
    );
    return found.flatMap(({ key, kept }) =>
      kept?.target === target ? [{ key, kept }] : [],
    );
  }

  /** What was entered and not yet proved is asked for again; what is stored stays until it is replaced. */
  refused({ alias }: AttachmentSpec): void {
    this.remembered.delete(nameOf(alias));
  }

  /** Has the password for this session; `server` is what it was entered for. */
  remember(spec: AttachmentSpec, password: string, server: string): void {
    const target = targetOf(spec);
    this.remembered.set(nameOf(spec.alias), { password, target, server });
  }

  /** Keeps what is remembered where the attachment says. */
  async keep(spec: AttachmentSpec): Promise<void> {
    const kept = this.remembered.get(nameOf(spec.alias));
    if (isStored(spec)) {
      if (kept?.target === targetOf(spec)) {
        await this.store(spec, kept);
      }
    } else {
      await this.remove(spec);
      if (spec.options?.password === undefined) {
        this.remembered.delete(nameOf(spec.alias));
      }
    }
  }

  async forget(spec: AttachmentIdentity): Promise<void> {
    this.remembered.delete(nameOf(spec.alias));
    await this.remove(spec);
  }

  /** Has the password of one alias under another, too; `keep` stores it there. */
  async copy(from: AttachmentSpec, alias: string): Promise<void> {
    const [kept] = await this.known(from);
    if (kept !== undefined) {
      this.remembered.set(nameOf(alias), kept);
    }
  }

  /** Two attachments of one start do not ask twice for the same. */
  private askOnce(
    spec: AttachmentSpec,
    server: string,
  ): Promise<string | undefined> {
    const name = JSON.stringify([nameOf(spec.alias), targetOf(spec), server]);
    const asked =
      this.asking.get(name) ??
      this.askAndRemember(spec, server).finally(() => this.asking.delete(name));
    this.asking.set(name, asked);
    return asked;
  }

  private async askAndRemember(
    spec: AttachmentSpec,
    server: string,
  ): Promise<string | undefined> {
    const former = await this.formerServer(spec, server);
    const password = await this.ask(spec, server, former);
    if (password !== undefined) {
      this.remember(spec, password, server);
      await this.keep(spec);
    }
    return password;
  }

  /** Stores it with the folder of the attachment, and nowhere else: an older one would be found after it is gone. */
  private async store(spec: AttachmentIdentity, kept: Kept): Promise<void> {
    const [own] = this.keys(spec);
    await this.secrets.store(own, JSON.stringify(kept));
    for (const { key } of await this.stored(spec)) {
      if (key !== own) {
        await this.secrets.delete(key);
      }
    }
  }

  /** What is stored elsewhere under the alias for another source is another attachment's. */
  private async remove(spec: AttachmentIdentity): Promise<void> {
    const [own] = this.keys(spec);
    const stored = await this.stored(spec);
    for (const key of new Set([own, ...stored.map(({ key }) => key)])) {
      await this.secrets.delete(key);
    }
  }

  private keys(spec: AttachmentIdentity): readonly [string, ...string[]] {
    const key = (place: string): string =>
      `viaduct.password ${JSON.stringify([place, nameOf(spec.alias)])}`;
    const [own, ...others] = this.places(spec);
    return [key(own), ...others.filter((place) => place !== own).map(key)];
  }
}

/** Undefined also for what another version of Viaduct has stored: it does not say what it is for. */
function readKept(text: string | undefined): Kept | undefined {
  try {
    const kept: unknown = text === undefined ? undefined : JSON.parse(text);
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === "object" &&
    value !== null &&
    ["password", "target", "server"].every(
      (key) => typeof (value as Record<string, unknown>)[key] === "string",
    )
  );
}

function isStored({ options }: AttachmentSpec): boolean {
  return options?.password === "secretStorage";
}

/** What a password is for: where the values of the connection come from, the server's name among them. */
function targetOf({ source }: AttachmentIdentity): string {
  const entries = Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}

/** Catalog names are the same in upper and lower case. */
function nameOf(alias: string): string {
  return alias.toLowerCase();
}
