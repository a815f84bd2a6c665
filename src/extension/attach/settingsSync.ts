import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import { executeCommand, showError } from "../commands/registerCommands";
import type { FailedAttachment } from "../engine/sessionAttachments";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import { sourceServer } from "./askPassword";
import type { AttachParts } from "./attachParts";

/** Settings that decide on what an attachment connects with. */
const keys = [
  "viaduct.attachments",
  "viaduct.connectTimeoutSeconds",
  "viaduct.statementTimeoutSeconds",
  "viaduct.idleInTransactionTimeoutSeconds",
  "viaduct.poolSize",
];

/**
 * Keeps the session in line with the settings while they are edited, and tells of what could not be attached. Nothing
 * happens before the engine runs, and nothing in an untrusted workspace.
 */
export class SettingsSync implements Disposable {
  private readonly store = new DisposableStore();
  /** Each problem is told once, until it is another one. */
  private readonly told = new Map<string, string>();
  private toldProblems = "";

  constructor(
    private readonly parts: AttachParts,
    private readonly log: Pick<vscode.LogOutputChannel, "warn">,
    private readonly onChanged: () => void,
  ) {
    const { session } = parts;
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (keys.some((key) => event.affectsConfiguration(key))) {
          this.sync();
        }
      }),
    );
    this.store.add(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        // A folder brings its own list, and takes it away.
        this.sync();
      }),
    );
    this.store.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        onChanged();
      }),
    );
    this.store.add(
      session.onAttachFailed((failed) => {
        void this.tellFailure(failed);
      }),
    );
    this.store.add(
      session.onStateChanged(({ kind }) => {
        if (kind === "ready") {
          this.tellProblems();
        }
      }),
    );
  }

  dispose(): void {
    this.store.dispose();
  }

  private sync(): void {
    if (!vscode.workspace.isTrusted) {
      return;
    }
    this.parts.session
      .sync()
      .catch((error: unknown) => showError(toErrorInfo(error)));
    if (this.parts.session.state.kind !== "stopped") {
      this.tellProblems();
    }
    this.onChanged();
  }

  /** An entry that cannot be used is no reason to be silent about it. */
  private tellProblems(): void {
    const { problems } = this.parts.settings.attachmentSettings;
    const text = problems.map(({ message }) => message).join("\n");
    if (text === this.toldProblems) {
      return;
    }
    this.toldProblems = text;
    const [first] = problems;
    if (first === undefined) {
      return;
    }
    this.log.warn(text);
    const open = vscode.l10n.t("Open Settings");
    const more =
      problems.length === 1
        ? ""
        : ` ${vscode.l10n.t("And {0} more; the tree has them.", problems.length - 1)}`;
    void vscode.window
      .showWarningMessage(first.message + more, open)
      .then((choice) =>
        choice === open
          ? executeCommand("viaduct.openSettings", "viaduct.attachments")
          : undefined,
      );
  }

  /** What the settings name and nobody has asked for just now: a missing password is asked for, the rest is told. */
  private async tellFailure({
    spec,
    problem,
  }: FailedAttachment): Promise<void> {
    const { alias } = spec;
    this.log.warn(`${alias}: ${problem.class}: ${problem.message}`);
    if (this.told.get(alias) === problem.message) {
      return;
    }
    this.told.set(alias, problem.message);
    if (problem.class !== "passwordMissing") {
      await showError(problem);
      return;
    }
    const { passwords, session } = this.parts;
    const server = await sourceServer(session, spec);
    const password =
      server === null ? undefined : await passwords.find(spec, server, true);
    if (password !== undefined) {
      await this.parts.session
        .reconnect(alias)
        .catch((error: unknown) => showError(toErrorInfo(error)));
    }
  }
}
