import * as vscode from "vscode";
import { splitStatements } from "../../core/sql/statements";
import type {
  CommandId,
  CommandTable,
  StatementReference,
} from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";

/** Beyond this a file is data rather than statements to press on, and lenses would only slow the editor. */
const maximumLenses = 2_000;

/** `Run` and `Run on <alias>` above each statement of a SQL document, in a trusted workspace. */
export class RunLensProvider implements vscode.CodeLensProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly settings: Settings,
    private readonly session: EngineSession,
  ) {
    const refresh = () => {
      this.changed.fire();
    };
    this.store.add(session.onCatalogsChanged(refresh));
    this.store.add(vscode.workspace.onDidGrantWorkspaceTrust(refresh));
    this.store.add(vscode.workspace.onDidChangeConfiguration(refresh));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.settings.codeLensEnabled || !vscode.workspace.isTrusted) {
      return [];
    }
    const aliases = this.aliases();
    return splitStatements(document.getText())
      .slice(0, maximumLenses)
      .flatMap(({ start, end }) => {
        const range = new vscode.Range(
          document.positionAt(start),
          document.positionAt(end),
        );
        const reference: StatementReference = {
          uri: document.uri.toString(),
          start,
          end,
        };
        return [
          lens(range, vscode.l10n.t("$(play) Run"), "viaduct.runStatement", [
            reference,
          ]),
          ...aliases.map((alias) =>
            lens(range, vscode.l10n.t("Run on {0}", alias), "viaduct.runOn", [
              alias,
              reference,
            ]),
          ),
        ];
      });
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Aliases of this session, and before the engine has started those that the settings name. */
  private aliases(): readonly string[] {
    const configured = this.settings.attachments.map(({ alias }) => alias);
    return [...new Set([...configured, ...this.session.attachments.keys()])];
  }
}

function lens<I extends CommandId>(
  range: vscode.Range,
  title: string,
  command: I,
  args: Parameters<CommandTable[I]>,
): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, command, arguments: args });
}
