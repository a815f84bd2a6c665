import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import { aboutAttachment } from "../../core/connections/attachmentError";
import { errorInfo } from "../../core/errors/makeError";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { CatalogInfo } from "../../protocol/catalog";
import { copyOf, type LocalCopies } from "../copies/localCopies";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";
import { isEmptySession } from "./emptySession";
import { missingSchema, orMessage } from "./messageNodes";
import type { CatalogNode, Node, RelationNode, SchemaNode } from "./nodes";
import { treeItem } from "./treeItems";

/**
 * The tree of the session's databases. A level is asked for when it is opened, and the engine is not started for the
 * tree alone: until something is attached, configured or made, the welcome view stands in its place.
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
    private readonly settings: Pick<
      Settings,
      | "attachments"
      | "attachmentSettings"
      | "database"
      | "dbtProfile"
      | "relative"
    >,
    private readonly copies: LocalCopies,
  ) {
    this.store.add(
      copies.onChanged(() => {
        this.refresh();
      }),
    );
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
    return treeItem(node, (file) => this.settings.relative(file));
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
    const problems = this.problems();
    if (!this.mayAsk()) {
      return problems;
    }
    const catalogs = await this.session.listCatalogs();
    const { attachments, detached } = this.session;
    if (
      !this.hasConfigured() &&
      this.settings.database === null &&
      detached.size === 0 &&
      (await isEmptySession(this.session, catalogs))
    ) {
      return problems;
    }
    return [
      ...catalogs.map((info) =>
        catalogNode(
          info,
          info.managed ? attachments.get(info.name) : undefined,
        ),
      ),
      ...[...detached].map(([catalog, spec]): Node => ({
        kind: "detached",
        catalog,
        spec,
      })),
      ...problems,
    ];
  }

  /** Entries of the settings that cannot be used are said where one looks for them. */
  private problems(): Node[] {
    if (!vscode.workspace.isTrusted) {
      return [];
    }
    return this.settings.attachmentSettings.problems.map(
      ({ alias, message }): Node => ({
        kind: "message",
        catalog: alias ?? "",
        text: message,
        error: errorInfo("connectionInvalid", message, {
          hint: vscode.l10n.t("Correct the entry in the settings."),
          actions: ["openSettings"],
        }),
      }),
    );
  }

  /** When the settings name attachments, opening the tree is a reason to start the engine. */
  private hasConfigured(): boolean {
    return (
      this.settings.attachments.length > 0 || this.settings.dbtProfile !== ""
    );
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
      case "detached":
      case "copy":
      case "column":
      case "message":
        return [];
    }
  }

  private async schemas({ catalog, info, spec }: CatalogNode): Promise<Node[]> {
    if (info.problem !== null) {
      return [
        {
          kind: "message",
          catalog,
          text: info.problem.message,
          error: info.problem,
        },
        ...this.standIns(catalog),
      ];
    }
    const schemas = await this.session.request("listSchemas", { catalog });
    const wanted = spec?.options?.schemas ?? [];
    const shown =
      wanted.length === 0
        ? schemas
        : schemas.filter((schema) => wanted.includes(schema));
    return [
      ...shown.map((schema): Node => ({
        kind: "schema",
        catalog,
        schema,
        canKeep: spec !== undefined,
      })),
      ...wanted
        .filter((schema) => !schemas.includes(schema))
        .map((schema): Node => missingSchema(catalog, schema)),
    ];
  }

  /** What a database that is away can still be asked. */
  private standIns(catalog: string): Node[] {
    return this.copies.of(catalog).map((info) => ({
      kind: "copy",
      catalog,
      schema: info.schema,
      relation: info.relation,
      info,
    }));
  }

  private async relations({
    catalog,
    schema,
    canKeep,
  }: SchemaNode): Promise<Node[]> {
    const relations = await this.session.request("listRelations", {
      catalog,
      schema,
    });
    const copies = canKeep ? this.copies.of(catalog) : [];
    return relations.map((info) => ({
      kind: "relation",
      catalog,
      schema,
      relation: info.name,
      info,
      canKeep,
      copy: copyOf(copies, { schema, relation: info.name }),
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

/** A problem of an attachment names it, so that what is offered is done for it. */
function catalogNode(
  info: CatalogInfo,
  spec: AttachmentSpec | undefined,
): Node {
  const { problem } = info;
  return {
    kind: "catalog",
    catalog: info.name,
    info:
      problem === null || spec === undefined
        ? info
        : { ...info, problem: aboutAttachment(problem, spec) },
    spec,
  };
}
