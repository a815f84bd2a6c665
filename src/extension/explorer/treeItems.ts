import * as vscode from "vscode";
import type { RelationInfo } from "../../protocol/catalog";
import type { CommandId } from "../commands/commandTable";
import { catalogItem, detachedItem } from "./catalogItems";
import { describeColumn, nodeId, qualifiedName, type Node } from "./nodes";

/** How a node looks. */
export function treeItem(
  node: Node,
  relative: (file: string) => string,
): vscode.TreeItem {
  const item = plainItem(node, relative);
  item.id = nodeId(node);
  return item;
}

function plainItem(
  node: Node,
  relative: (file: string) => string,
): vscode.TreeItem {
  switch (node.kind) {
    case "catalog":
      return catalogItem(node, relative);
    case "detached":
      return detachedItem(node, relative);
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
      item.contextValue = node.error === null ? "message" : "problem";
      if (node.error !== null) {
        item.command = {
          command: "viaduct.showProblem" satisfies CommandId,
          title: vscode.l10n.t("Show Problem and Fixes"),
          arguments: [node],
        };
      }
      return item;
    }
  }
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
