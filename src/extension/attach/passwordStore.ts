import type * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { SessionPasswords } from "../engine/sessionAttachments";

/** What `PasswordStore` needs of VS Code's SecretStorage. */
export type Secrets = Pick<vscode.SecretStorage, "get" | "store" | "delete">;

/** A password, and what it was entered for. */
interface Kept {
  readonly password: string;
  /** As `targetOf`. */
  readonly target: string;
}

/**
 * The passwords that are not the sources': in VS Code's SecretStorage, per workspace folder and alias, or in the memory
 * of this session. They go to the engine and nowhere else, and only for the source that they were entered for: settings
 * of a workspace that name another server under a known alias do not get its password.
 */
export class PasswordStore implements SessionPasswords {
  private readonly remembered = new Map<string, Kept>();
  private readonly asking = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly secrets: Secrets,
    /** What the workspace is told from others by. */
    private readonly workspace: () => string,
    private readonly ask: (spec: AttachmentSpec) => Promise<string | undefined>,
  ) {}

  async find(
    spec: AttachmentSpec,
    mayAsk: boolean,
  ): Promise<string | undefined> {
    const target = targetOf(spec);
    const known = [
      this.remembered.get(nameOf(spec.alias)),
      isStored(spec) ? await this.stored(spec.alias) : undefined,
    ].find((kept) => kept?.target === target);
    return known?.password ?? (mayAsk ? this.askOnce(spec) : undefined);
  }

  private async stored(alias: string): Promise<Kept | undefined> {
    const text = await this.secrets.get(this.key(alias));
    try {
      return text === undefined ? undefined : (JSON.parse(text) as Kept);
    } catch {
      // Of another version of Viaduct: it does not say what it is for.
      return undefined;
    }
  }

  /** What was entered and not yet proved is asked for again; what is stored stays until it is replaced. */
  refused({ alias }: AttachmentSpec): void {
    this.remembered.delete(nameOf(alias));
  }

  /** Has the password for this session. */
  remember(spec: AttachmentSpec, password: string): void {
    const target = targetOf(spec);
    this.remembered.set(nameOf(spec.alias), { password, target });
  }

  /** Keeps what is remembered where the attachment says. */
  async keep(spec: AttachmentSpec): Promise<void> {
    const kept = this.remembered.get(nameOf(spec.alias));
    if (isStored(spec)) {
      if (kept?.target === targetOf(spec)) {
        await this.secrets.store(this.key(spec.alias), JSON.stringify(kept));
      }
    } else {
      await this.secrets.delete(this.key(spec.alias));
      if (spec.options?.password === undefined) {
        this.remembered.delete(nameOf(spec.alias));
      }
    }
  }

  async forget(alias: string): Promise<void> {
    this.remembered.delete(nameOf(alias));
    await this.secrets.delete(this.key(alias));
  }

  /** Has the password of one alias under another, too; `keep` stores it there. */
  async copy(from: AttachmentSpec, alias: string): Promise<void> {
    const password = await this.find(from, false);
    if (password !== undefined) {
      this.remember({ ...from, alias }, password);
    }
  }

  /** Two attachments of one start do not ask twice for the same. */
  private askOnce(spec: AttachmentSpec): Promise<string | undefined> {
    const name = JSON.stringify([nameOf(spec.alias), targetOf(spec)]);
    const asked =
      this.asking.get(name) ??
      this.askAndRemember(spec).finally(() => this.asking.delete(name));
    this.asking.set(name, asked);
    return asked;
  }

  private async askAndRemember(
    spec: AttachmentSpec,
  ): Promise<string | undefined> {
    const password = await this.ask(spec);
    if (password !== undefined) {
      this.remember(spec, password);
      await this.keep(spec);
    }
    return password;
  }

  private key(alias: string): string {
    return `viaduct.password ${JSON.stringify([this.workspace(), nameOf(alias)])}`;
  }
}

function isStored({ options }: AttachmentSpec): boolean {
  return options?.password === "secretStorage";
}

/** What a password is for: where the values of the connection come from, the server's name among them. */
function targetOf({ source }: AttachmentSpec): string {
  const entries = Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}

/** Catalog names are the same in upper and lower case. */
function nameOf(alias: string): string {
  return alias.toLowerCase();
}
