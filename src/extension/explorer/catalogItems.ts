import * as vscode from "vscode";
import type {
  AttachmentSpec,
  EnvironmentRole,
} from "../../core/connections/attachment";
import { roleName } from "../attach/askAttachment";
import { describeSource } from "../attach/describeSource";
import { roleColor, roleUri } from "./environmentDecorations";
import type { CatalogNode, DetachedNode } from "./nodes";

/** How a catalog looks: what may be done with it, what it is used for, and whether it is there. */
export function catalogItem(
  { info, spec }: CatalogNode,
  relative: (file: string) => string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(
    info.name,
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  const reachable = info.state === "attached";
  const waiting = info.state === "attaching";
  const role = info.environment ?? spec?.options?.environment ?? null;
  item.contextValue = contextOf(info, spec);
  item.description = described(
    reachable
      ? info.kind === "postgres"
        ? access(info.readOnly)
        : "DuckDB"
      : waiting
        ? vscode.l10n.t("connecting…")
        : vscode.l10n.t("not reachable"),
    role,
  );
  item.iconPath = reachable
    ? catalogIcon(info.kind === "postgres" ? "server" : "database", role)
    : waiting
      ? new vscode.ThemeIcon("loading~spin")
      : new vscode.ThemeIcon(
          "warning",
          new vscode.ThemeColor("list.warningForeground"),
        );
  if (role !== null) {
    item.resourceUri = roleUri(info.name, role);
  }
  item.tooltip = lines(
    info.detail,
    info.problem?.message,
    info.problem?.hint,
    described(access(info.readOnly), role),
    info.tls === null ? "" : vscode.l10n.t("TLS: {0}", info.tls),
    ...sourceLines(spec, relative),
  );
  return item;
}

/** How an attachment looks that is in the settings and was detached for this session. */
export function detachedItem(
  { catalog, spec }: DetachedNode,
  relative: (file: string) => string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(
    catalog,
    vscode.TreeItemCollapsibleState.None,
  );
  const role = spec.options?.environment ?? null;
  item.contextValue = `attachment.detached.${sourceContext(spec)}`;
  item.description = described(vscode.l10n.t("detached"), role);
  item.iconPath = new vscode.ThemeIcon(
    "debug-disconnect",
    new vscode.ThemeColor("disabledForeground"),
  );
  if (role !== null) {
    item.resourceUri = roleUri(catalog, role);
  }
  item.tooltip = lines(
    vscode.l10n.t("Detached for this session; it stays in the settings."),
    described(access(spec.readOnly), role),
    ...sourceLines(spec, relative),
  );
  return item;
}

/** Menus look at this: its state, its source, and where its password comes from. */
function contextOf(
  info: CatalogNode["info"],
  spec: AttachmentSpec | undefined,
): string {
  if (info.kind === "duckdb") {
    return "duckdb";
  }
  return spec === undefined
    ? "attached"
    : `attachment.${info.state}.${sourceContext(spec)}`;
}

function sourceContext({ source, options }: AttachmentSpec): string {
  return `${source.kind}.${options?.password ?? "own"}`;
}

function sourceLines(
  spec: AttachmentSpec | undefined,
  relative: (file: string) => string,
): readonly string[] {
  if (spec === undefined) {
    return [];
  }
  const schemas = spec.options?.schemas ?? [];
  return [
    vscode.l10n.t("Source: {0}", describeSource(spec.source, relative)),
    schemas.length === 0
      ? ""
      : vscode.l10n.t("Schemas: {0}", schemas.join(", ")),
  ];
}

function catalogIcon(
  icon: string,
  role: EnvironmentRole | null,
): vscode.ThemeIcon {
  return role === null
    ? new vscode.ThemeIcon(icon)
    : new vscode.ThemeIcon(icon, roleColor(role));
}

function access(readOnly: boolean): string {
  return readOnly ? vscode.l10n.t("read-only") : vscode.l10n.t("read-write");
}

function described(text: string, role: EnvironmentRole | null): string {
  return role === null ? text : `${text} · ${roleName(role)}`;
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n");
}
