import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { ExtensionInfo } from "../../protocol/extensions";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import { extensionItem, type ExtensionNode } from "./extensionItems";

/** The section of DuckDB's extensions. It shows what a running engine has and starts none. */
export class ExtensionsView
  implements vscode.TreeDataProvider<ExtensionNode>, Disposable
{
  static readonly id = "viaduct.extensions";

  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(
    new vscode.EventEmitter<ExtensionNode | undefined>(),
  );
  /** Asked for by its name: then a start of the engine is what the user wants. */
  private isAsked = false;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly session: EngineSession) {
    const refresh = (): void => {
      this.changed.fire(undefined);
    };
    // An attachment, an INSTALL or a LOAD of the user's may have brought one.
    this.store.add(session.onCatalogsChanged(refresh));
    this.store.add(session.onStateChanged(refresh));
    this.store.add(
      session.onEvent(({ event, payload }) => {
        if (
          event === "statementEnded" &&
          /^(?:INSTALL|LOAD|FORCE|UPDATE EXTENSIONS)/.test(
            payload.outcome.commandTag,
          )
        ) {
          refresh();
        }
      }),
    );
  }

  /** Asks anew, and starts the engine for it. */
  refresh(): void {
    this.isAsked = true;
    this.changed.fire(undefined);
  }

  /** What may have changed is asked for again. */
  update(): void {
    this.changed.fire(undefined);
  }

  getTreeItem(node: ExtensionNode): vscode.TreeItem {
    return extensionItem(node);
  }

  async getChildren(node?: ExtensionNode): Promise<ExtensionNode[]> {
    if (node !== undefined) {
      return node.kind === "more" ? node.infos.map(nodeOf) : [];
    }
    if (!vscode.workspace.isTrusted) {
      return [];
    }
    const { kind } = this.session.state;
    if (kind !== "ready" && kind !== "starting" && !this.isAsked) {
      const text = vscode.l10n.t("Start the engine to list the extensions");
      return [{ kind: "message", text, error: null }];
    }
    this.isAsked = false;
    try {
      return nodesOf(await this.session.request("listExtensions", null));
    } catch (error) {
      const info = toErrorInfo(error);
      return [{ kind: "message", text: info.message, error: info }];
    }
  }

  dispose(): void {
    this.store.dispose();
  }
}

/** Loaded ones first, then installed ones; what DuckDB has inside and the rest in nodes of their own. */
function nodesOf(infos: readonly ExtensionInfo[]): ExtensionNode[] {
  const own = infos.filter(({ builtIn }) => !builtIn);
  const groups: ExtensionNode[] = [
    {
      kind: "more",
      group: "available",
      infos: own.filter(({ installed, loaded }) => !installed && !loaded),
    },
    {
      kind: "more",
      group: "builtIn",
      infos: infos.filter(({ builtIn }) => builtIn),
    },
  ];
  return [
    ...own.filter(({ loaded }) => loaded).map(nodeOf),
    ...own.filter(({ installed, loaded }) => installed && !loaded).map(nodeOf),
    ...groups,
  ];
}

function nodeOf(info: ExtensionInfo): ExtensionNode {
  return { kind: "extension", name: info.name, info };
}
