import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { SessionPasswords } from "../engine/sessionAttachments";

/** What `PasswordStore` needs of VS Code's SecretStorage. */
export type Secrets = Pick<vscode.SecretStorage, "get" | "store" | "delete">;

/**
 * The passwords that are not the sources': in VS Code's SecretStorage, per workspace folder and alias, or in the memory
 * of this session. They go to the engine and nowhere else.
 */
export class PasswordStore implements SessionPasswords {
  private readonly remembered = new Map<string, string>();
  private readonly asking = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly secrets: Secrets,
    /** What the workspace is told from others by. */
    private readonly workspace: () => string,
    private readonly ask: (
      spec: AttachmentSpec,
    ) => Promise<string | undefined> = askPassword,
  ) {}

  async find(
    spec: AttachmentSpec,
    mayAsk: boolean,
  ): Promise<string | undefined> {
    const known =
      this.remembered.get(nameOf(spec.alias)) ??
      (isStored(spec)
        ? await this.secrets.get(this.key(spec.alias))
        : undefined);
    return known ?? (mayAsk ? this.askOnce(spec) : undefined);
  }

  /** What was entered and not yet proved is asked for again; what is stored stays until it is replaced. */
  refused({ alias }: AttachmentSpec): void {
    this.remembered.delete(nameOf(alias));
  }

  /** Has the password for this session. */
  remember(alias: string, password: string): void {
    this.remembered.set(nameOf(alias), password);
  }

  /** Keeps what is remembered where the attachment says. */
  async keep(spec: AttachmentSpec): Promise<void> {
    const password = this.remembered.get(nameOf(spec.alias));
    if (isStored(spec)) {
      if (password !== undefined) {
        await this.secrets.store(this.key(spec.alias), password);
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
      this.remember(alias, password);
    }
  }

  /** Two attachments of one start do not ask twice for the same. */
  private askOnce(spec: AttachmentSpec): Promise<string | undefined> {
    const name = nameOf(spec.alias);
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
      this.remember(spec.alias, password);
      await this.keep(spec);
    }
    return password;
  }

  private key(alias: string): string {
    return `viaduct.password ${JSON.stringify([this.workspace(), nameOf(alias)])}`;
  }
}

/** Asks for a password; undefined when the user gave up. */
export async function askPassword(
  spec: AttachmentSpec,
): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Password of {0}", spec.alias),
    prompt: isStored(spec)
      ? vscode.l10n.t(
          "It is kept in VS Code's SecretStorage, and in no file of the workspace.",
        )
      : vscode.l10n.t(
          "It is kept in memory until the window is closed, and written nowhere.",
        ),
    password: true,
    ignoreFocusOut: true,
  });
}

function isStored({ options }: AttachmentSpec): boolean {
  return options?.password === "secretStorage";
}

/** Catalog names are the same in upper and lower case. */
function nameOf(alias: string): string {
  return alias.toLowerCase();
}
