import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import { executeCommand } from "../commands/registerCommands";
import { withTargetFiles } from "../../core/dbt/targetFiles";
import type { DbtSession } from "../dbt/dbtSession";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";
import { isNothing, type Consequence } from "./changeConsequence";
import { FileWatch } from "./fileWatch";
import { sourceFiles } from "./sourceFiles";

/** What watching the sources needs. */
export interface SourceWatchParts {
  readonly session: EngineSession;
  readonly settings: Settings;
  readonly dbt: DbtSession;
  /** Resolves when no statement runs: what reconnects by itself must not cut one off. */
  readonly idle: () => Promise<void>;
}

/**
 * Watches the files that attachments take their connection from, and offers to reconnect when what they say has
 * changed. Values are compared by the engine; here only digests are known. Without an engine nothing is watched.
 */
export class SourceWatch implements Disposable {
  private readonly store = new DisposableStore();
  private readonly files = this.store.add(
    new FileWatch((changed) => {
      void this.changed(changed);
    }),
  );
  /** By attachment: what it would have connected with when it was looked at last. */
  private readonly digests = new Map<string, string | null>();
  /** The env files that the engine was started with. */
  private atStart: ReadonlySet<string> = new Set();
  /** The setting that the engine was started with, as text. */
  private envFilesAtStart = "";
  /** The dbt output that the engine was started with, as text. */
  private startedWith = "";
  private readonly open = new Set<string>();
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SourceWatchParts) {
    const { session, dbt } = parts;
    const look = (): void => {
      this.look();
    };
    this.store.add(
      session.onStateChanged(({ kind }) => {
        if (kind === "starting") {
          // Another process has another key.
          this.digests.clear();
          this.envFilesAtStart = JSON.stringify(this.parts.settings.envFiles);
        }
        if (kind === "ready") {
          // The profile's own target is known only now.
          this.atStart = new Set(this.envFiles().filter(existsSync));
          this.startedWith = JSON.stringify(dbt.report.selection);
        }
        this.look();
      }),
    );
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("viaduct.dbt")) {
          void this.settingsChanged();
        }
        if (event.affectsConfiguration("viaduct.envFiles")) {
          void this.envFilesChanged();
        }
      }),
    );
    this.store.add(session.onCatalogsChanged(look));
    this.store.add(dbt.onChanged(look));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Watches what the attachments of now refer to, and remembers what they refer to now. */
  private look(): void {
    const { session } = this.parts;
    if (session.state.kind !== "ready") {
      this.files.watch([]);
      return;
    }
    this.files.watch([
      ...[...session.attachments.values()].flatMap((spec) =>
        this.filesOf(spec),
      ),
      ...this.profileFiles(),
    ]);
    this.looking = this.looking.then(() => this.rememberNew());
  }

  private async rememberNew(): Promise<void> {
    for (const spec of this.parts.session.attachments.values()) {
      const key = JSON.stringify(spec);
      if (!this.digests.has(key)) {
        this.digests.set(key, await this.digest(spec));
      }
    }
  }

  private async changed(files: ReadonlySet<string>): Promise<void> {
    const setting = this.parts.settings.reconnectOnChange;
    const consequence = await this.consequence(files);
    if (setting === "never" || isNothing(consequence)) {
      return;
    }
    if (setting === "always") {
      await this.parts.idle();
      await this.reconnect(consequence);
      return;
    }
    await this.offer(files, consequence);
  }

  /** Somebody has written another dbt output into the settings: by hand, or with a checkout. */
  private async settingsChanged(): Promise<void> {
    const selection = await this.parts.dbt.select();
    await this.offerRestart(
      JSON.stringify(selection) !== this.startedWith,
      vscode.l10n.t(
        "The dbt target in the settings has changed. Start the engine again with it?",
      ),
    );
  }

  /** `getenv()` and `env_var()` read the env files of the start. */
  private async envFilesChanged(): Promise<void> {
    const isOther =
      JSON.stringify(this.parts.settings.envFiles) !== this.envFilesAtStart;
    await this.offerRestart(
      isOther,
      vscode.l10n.t(
        "The env files in the settings have changed. Start the engine again with them?",
      ),
    );
  }

  private async offerRestart(
    isOther: boolean,
    question: string,
  ): Promise<void> {
    const { session, settings } = this.parts;
    if (
      isOther &&
      session.state.kind === "ready" &&
      settings.reconnectOnChange !== "never"
    ) {
      await this.ask(question, vscode.l10n.t("Restart Engine"), {
        aliases: [],
        isProfile: true,
      });
    }
  }

  private async consequence(files: ReadonlySet<string>): Promise<Consequence> {
    const { session, dbt } = this.parts;
    if (session.state.kind !== "ready") {
      return { aliases: [], isProfile: false };
    }
    await this.looking;
    const isProfile = this.profileFiles().some((file) => files.has(file));
    if (dbt.report.selection !== null) {
      // The marks in the file follow it at once.
      await dbt.read(session);
    }
    const aliases: string[] = [];
    for (const spec of session.attachments.values()) {
      if (this.filesOf(spec).some((file) => files.has(file))) {
        const key = JSON.stringify(spec);
        const digest = await this.digest(spec);
        // What cannot be read now is being edited; the next change of the file is looked at again.
        if (digest !== null && digest !== this.digests.get(key)) {
          this.digests.set(key, digest);
          aliases.push(spec.alias);
        }
      }
    }
    return { aliases, isProfile };
  }

  private async offer(
    files: ReadonlySet<string>,
    consequence: Consequence,
  ): Promise<void> {
    await this.ask(
      this.question(files, consequence),
      vscode.l10n.t("Reconnect"),
      consequence,
    );
  }

  /** The same question is open once. */
  private async ask(
    question: string,
    button: string,
    consequence: Consequence,
  ): Promise<void> {
    if (this.open.has(question)) {
      return;
    }
    this.open.add(question);
    try {
      const choice = await vscode.window.showInformationMessage(
        question,
        button,
      );
      if (choice === button) {
        await this.reconnect(consequence);
      }
    } finally {
      this.open.delete(question);
    }
  }

  private question(
    files: ReadonlySet<string>,
    { aliases, isProfile }: Consequence,
  ): string {
    const { settings, dbt } = this.parts;
    const names = [...files].map((file) => settings.relative(file)).join(", ");
    const { selection, target } = dbt.report;
    return isProfile && selection !== null
      ? vscode.l10n.t(
          "{0} has changed. Start the engine again with {1}, and reconnect?",
          names,
          `${selection.profile}/${target ?? selection.target ?? "?"}`,
        )
      : vscode.l10n.t(
          "{0} has changed. Reconnect {1}?",
          names,
          aliases.join(", "),
        );
  }

  private async reconnect({ aliases, isProfile }: Consequence): Promise<void> {
    if (isProfile) {
      await executeCommand("viaduct.restartEngine");
      return;
    }
    for (const alias of aliases) {
      await executeCommand("viaduct.reconnect", { catalog: alias });
    }
  }

  /** Null for what cannot be read. */
  private digest(spec: AttachmentSpec): Promise<string | null> {
    return this.parts.session.request("sourceDigest", spec).then(
      ({ digest }) => digest,
      () => null,
    );
  }

  private filesOf(spec: AttachmentSpec): readonly string[] {
    return sourceFiles(spec, {
      home: homedir(),
      environment: process.env,
      envFiles: this.parts.settings.envFiles,
    });
  }

  /** Files that decide on what the engine begins with: the profile, and env files of its target that are new. */
  private profileFiles(): readonly string[] {
    const { selection } = this.parts.dbt.report;
    if (selection === null) {
      return [];
    }
    return [
      selection.file,
      ...this.envFiles().filter((file) => !this.atStart.has(file)),
    ];
  }

  private envFiles(): readonly string[] {
    const { target, selection } = this.parts.dbt.report;
    return withTargetFiles(
      this.parts.settings.envFiles,
      target ?? selection?.target ?? null,
    );
  }
}
