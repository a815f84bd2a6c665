import * as vscode from "vscode";
import type { RelationInfo } from "../../protocol/catalog";
import type { SnapshotInfo } from "../../protocol/snapshots";
import type { CommandId } from "../commands/commandTable";
import { copyAge, copyRows } from "../copies/copyAge";
import { catalogItem, detachedItem } from "./catalogItems";
import {
  describeColumn,
  nodeId,
  qualifiedName,
  type CopyNode,
  type Node,
  type RelationNode,
} from "./nodes";

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
    case "relation":
      return relationItem(node);
    case "copy":
      return copyItem(node);
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

/** Menus look at this: whether a local copy can be kept, and whether there is one. */
function relationItem(node: RelationNode): vscode.TreeItem {
  const { info, copy } = node;
  const context = node.canKeep ? "relation.server" : "relation";
  const item = collapsed(
    node.relation,
    relationIcons[info.kind],
    copy === undefined ? context : `${context}.copied`,
  );
  item.description = [
    info.kind === "table" ? "" : relationWords[info.kind],
    copy === undefined ? "" : vscode.l10n.t("copy, {0}", age(copy)),
  ]
    .filter((part) => part !== "")
    .join(" · ");
  item.tooltip = [
    qualifiedName(node),
    ...(copy === undefined ? [] : [copyTooltip(copy)]),
  ].join("\n");
  return item;
}

/** Not a level to open: what it has is asked with a statement, as while its server is there. */
function copyItem(node: CopyNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    `${node.schema}.${node.relation}`,
    vscode.TreeItemCollapsibleState.None,
  );
  item.description = vscode.l10n.t(
    "copy, {0} · {1}",
    age(node.info),
    copyRows(node.info),
  );
  item.iconPath = new vscode.ThemeIcon("archive");
  item.tooltip = `${qualifiedName(node)}\n${copyTooltip(node.info)}`;
  item.contextValue = "localCopy";
  return item;
}

function age(copy: SnapshotInfo): string {
  return copyAge(copy, Date.now());
}

function copyTooltip(copy: SnapshotInfo): string {
  return vscode.l10n.t(
    "Local copy of {0} ({1}): it stands in while the server is away.",
    new Date(copy.takenAt).toLocaleString(),
    copyRows(copy),
  );
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
