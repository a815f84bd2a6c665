import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { CatalogNode, Node, RelationNode, SchemaNode } from "./nodes";
import { treeItem } from "./treeItems";

/**
 * The tree of the session's databases. A level is asked for when it is opened, and the engine is not started for the
 * tree alone: until something is attached or run, the welcome view stands in its place.
 */
export class Explorer implements vscode.TreeDataProvider<Node>, Disposable {
  static readonly id = "viaduct.explorer";

  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(
    new vscode.EventEmitter<Node | undefined>(),
  );

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly session: EngineSession,
    /** True when the settings name attachments: then opening the tree is a reason to start the engine. */
    private readonly hasConfigured: () => boolean,
  ) {
    this.store.add(
      session.onCatalogsChanged(() => {
        this.refresh();
      }),
    );
    this.store.add(
      session.onStateChanged(() => {
        this.refresh();
      }),
    );
  }

  /** Forgets what is shown; each level is asked for again when it is opened. */
  refresh(): void {
    this.changed.fire(undefined);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    try {
      return node === undefined
        ? await this.catalogs()
        : await this.below(node);
    } catch (error) {
      const info = toErrorInfo(error);
      return [
        {
          kind: "message",
          catalog: node?.catalog ?? "",
          text: info.message,
          error: info,
        },
      ];
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private async catalogs(): Promise<Node[]> {
    if (!this.mayAsk()) {
      return [];
    }
    const catalogs = await this.session.listCatalogs();
    return catalogs.map((info) => ({
      kind: "catalog",
      catalog: info.name,
      info,
    }));
  }

  private mayAsk(): boolean {
    if (!vscode.workspace.isTrusted) {
      return false;
    }
    return this.session.state.kind === "stopped"
      ? this.hasConfigured()
      : this.session.state.kind !== "failed";
  }

  private async below(node: Node): Promise<Node[]> {
    switch (node.kind) {
      case "catalog":
        return this.schemas(node);
      case "schema":
        return orMessage(node, await this.relations(node));
      case "relation":
        return this.columns(node);
      case "column":
      case "message":
        return [];
    }
  }

  private async schemas({ catalog, info }: CatalogNode): Promise<Node[]> {
    if (info.problem !== null) {
      return [
        {
          kind: "message",
          catalog,
          text: info.problem.message,
          error: info.problem,
        },
      ];
    }
    const schemas = await this.session.request("listSchemas", { catalog });
    return schemas.map((schema) => ({ kind: "schema", catalog, schema }));
  }

  private async relations({ catalog, schema }: SchemaNode): Promise<Node[]> {
    const relations = await this.session.request("listRelations", {
      catalog,
      schema,
    });
    return relations.map((info) => ({
      kind: "relation",
      catalog,
      schema,
      relation: info.name,
      info,
    }));
  }

  private async columns({
    catalog,
    schema,
    relation,
  }: RelationNode): Promise<Node[]> {
    const columns = await this.session.request("listColumns", {
      catalog,
      schema,
      relation,
    });
    return columns.map((info) => ({
      kind: "column",
      catalog,
      schema,
      relation,
      column: info.name,
      info,
    }));
  }
}

/** An empty schema says so: nothing below an open node looks like an error. */
function orMessage({ catalog, schema }: SchemaNode, nodes: Node[]): Node[] {
  return nodes.length > 0
    ? nodes
    : [
        {
          kind: "message",
          catalog,
          schema,
          text: vscode.l10n.t("No tables or views"),
          error: null,
        },
      ];
}
