import * as vscode from "vscode";
import type { RelationInfo } from "../../protocol/catalog";
import {
  describeColumn,
  qualifiedName,
  type CatalogNode,
  type Node,
} from "./nodes";

/** How a node looks. */
export function treeItem(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case "catalog":
      return catalogItem(node);
    case "schema": {
      const item = collapsed(node.schema, "symbol-namespace", "schema");
      item.tooltip = qualifiedName(node);
      return item;
    }
    case "relation": {
      const item = collapsed(
        node.relation,
        relationIcons[node.info.kind],
        "relation",
      );
      item.description =
        node.info.kind === "table" ? "" : relationWords[node.info.kind];
      item.tooltip = qualifiedName(node);
      return item;
    }
    case "column": {
      const item = new vscode.TreeItem(
        node.column,
        vscode.TreeItemCollapsibleState.None,
      );
      item.description = describeColumn(node.info);
      item.tooltip = `${qualifiedName(node)}\n${describeColumn(node.info)}${node.info.nullable ? " · nullable" : ""}`;
      item.iconPath = new vscode.ThemeIcon(columnIcon(node.info));
      item.contextValue = "column";
      return item;
    }
    case "message": {
      const item = new vscode.TreeItem(
        node.text,
        vscode.TreeItemCollapsibleState.None,
      );
      item.iconPath = new vscode.ThemeIcon(
        node.error === null ? "info" : "warning",
      );
      item.tooltip =
        node.error === null
          ? node.text
          : `${node.error.message}\n${node.error.hint}`;
      item.contextValue = "message";
      return item;
    }
  }
}

function catalogItem({ info }: CatalogNode): vscode.TreeItem {
  const item = collapsed(info.name, "database", contextOf(info));
  const access = info.readOnly
    ? vscode.l10n.t("read-only")
    : vscode.l10n.t("read-write");
  const reachable = info.state === "attached";
  item.description = reachable
    ? info.kind === "postgres"
      ? access
      : "DuckDB"
    : vscode.l10n.t("not reachable");
  item.iconPath = reachable
    ? new vscode.ThemeIcon(info.kind === "postgres" ? "server" : "database")
    : new vscode.ThemeIcon(
        "warning",
        new vscode.ThemeColor("list.warningForeground"),
      );
  item.tooltip = [
    info.detail,
    access,
    info.problem?.message,
    info.problem?.hint,
  ]
    .filter((line) => line !== undefined && line !== "")
    .join("\n");
  return item;
}

/** Menus look at this: what can be detached, and what has an env file. */
function contextOf(info: CatalogNode["info"]): string {
  if (info.kind === "duckdb") {
    return "duckdb";
  }
  return info.managed ? "attachment.envFile" : "attached";
}

function collapsed(
  label: string,
  icon: string,
  contextValue: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(
    label,
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = contextValue;
  return item;
}

function columnIcon({
  primaryKey,
  references,
}: {
  primaryKey: boolean;
  references: string | null;
}) {
  if (primaryKey) {
    return "key";
  }
  return references === null ? "symbol-field" : "references";
}

const relationIcons: Record<RelationInfo["kind"], string> = {
  table: "table",
  view: "eye",
  foreignTable: "link-external",
  partitioned: "layers",
  materializedView: "preview",
};

const relationWords: Record<RelationInfo["kind"], string> = {
  table: "table",
  view: "view",
  foreignTable: "foreign table",
  partitioned: "partitioned table",
  materializedView: "materialized view",
};
