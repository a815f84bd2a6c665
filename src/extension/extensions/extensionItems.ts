import * as vscode from "vscode";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import type { ExtensionInfo } from "../../protocol/extensions";

/** One row of the section of DuckDB's extensions. */
export type ExtensionNode =
  | {
      readonly kind: "extension";
      readonly name: string;
      readonly info: ExtensionInfo;
    }
  /** What could be installed, and what DuckDB has inside: out of the way. */
  | {
      readonly kind: "more";
      readonly group: "available" | "builtIn";
      readonly infos: readonly ExtensionInfo[];
    }
  | {
      readonly kind: "message";
      readonly text: string;
      readonly error: ErrorInfo | null;
    };

/** How a row looks. */
export function extensionItem(node: ExtensionNode): vscode.TreeItem {
  switch (node.kind) {
    case "extension":
      return itemOf(node.info);
    case "more": {
      const isAvailable = node.group === "available";
      const item = new vscode.TreeItem(
        isAvailable ? vscode.l10n.t("Available") : vscode.l10n.t("Built-in"),
        vscode.TreeItemCollapsibleState.Collapsed,
      );
      item.description = String(node.infos.length);
      item.contextValue = "more";
      item.iconPath = new vscode.ThemeIcon(isAvailable ? "cloud" : "package");
      item.tooltip = isAvailable
        ? vscode.l10n.t(
            "Extensions that DuckDB knows and that are not installed",
          )
        : vscode.l10n.t("Parts of DuckDB: there is nothing to install");
      return item;
    }
    case "message": {
      const item = new vscode.TreeItem(node.text);
      item.contextValue = "message";
      item.iconPath = new vscode.ThemeIcon(
        node.error === null ? "info" : "warning",
      );
      item.tooltip =
        node.error === null
          ? node.text
          : `${node.error.message}\n${node.error.hint}`;
      if (node.error === null) {
        item.command = {
          command: "viaduct.refreshExtensions",
          title: node.text,
        };
      }
      return item;
    }
  }
}

/** The state in a word, for the description behind a name. */
function stateOf({ builtIn, loaded, installed }: ExtensionInfo): string {
  if (builtIn) {
    return vscode.l10n.t("built-in");
  }
  if (loaded) {
    return installed
      ? vscode.l10n.t("loaded")
      : vscode.l10n.t("loaded until the engine restarts");
  }
  return installed ? vscode.l10n.t("installed") : "";
}

function itemOf(info: ExtensionInfo): vscode.TreeItem {
  const item = new vscode.TreeItem(info.name);
  const version = info.builtIn ? "" : info.version;
  item.description = [stateOf(info), version]
    .filter((part) => part !== "")
    .join(" · ");
  item.iconPath = iconOf(info);
  item.tooltip = tooltipOf(info);
  item.contextValue = contextOf(info);
  item.accessibilityInformation = {
    label: `${info.name}, ${item.description || vscode.l10n.t("not installed")}`,
  };
  return item;
}

function iconOf({ builtIn, loaded, installed }: ExtensionInfo) {
  if (builtIn) {
    return new vscode.ThemeIcon("package");
  }
  if (loaded) {
    return new vscode.ThemeIcon(
      "pass-filled",
      new vscode.ThemeColor("testing.iconPassed"),
    );
  }
  return new vscode.ThemeIcon(installed ? "circle-outline" : "cloud");
}

function tooltipOf(info: ExtensionInfo): string {
  return [
    info.description,
    info.version === "" ? "" : vscode.l10n.t("Version {0}", info.version),
    info.builtIn
      ? vscode.l10n.t("A part of DuckDB: nothing to install")
      : info.installedFrom === ""
        ? ""
        : vscode.l10n.t("Installed from {0}", info.installedFrom),
    info.aliases.length === 0
      ? ""
      : vscode.l10n.t("Also called {0}", info.aliases.join(", ")),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** Menus look at this. */
function contextOf({ builtIn, installed, loaded }: ExtensionInfo): string {
  if (builtIn) {
    return "extension.builtIn";
  }
  return `extension${installed ? ".installed" : ".available"}${loaded ? ".loaded" : ".unloaded"}`;
}
