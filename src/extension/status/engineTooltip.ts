import * as vscode from "vscode";
import type { CatalogInfo } from "../../protocol/catalog";
import type { AppliedSetting, EngineInfo } from "../../protocol/options";

/** What the status bar says of a running engine: versions, the DuckDB file, every attachment with its state, settings. */
export function engineTooltip(
  info: EngineInfo,
  catalogs: readonly CatalogInfo[],
  viaductVersion: string,
): string {
  const own = catalogs.find(({ name }) => name === info.catalog);
  const servers = catalogs.filter(({ kind }) => kind === "postgres");
  return [
    [
      `DuckDB ${info.duckdbVersion} (${info.platform})`,
      `Viaduct ${viaductVersion}`,
    ].join(" · "),
    own === undefined || own.detail === ""
      ? vscode.l10n.t("{0}: in memory", info.catalog)
      : `${info.catalog}: ${own.detail}`,
    ...(info.databaseProblem === null
      ? []
      : [`⚠ ${info.databaseProblem.message} ${info.databaseProblem.hint}`]),
    ...section(vscode.l10n.t("Attached"), servers.map(attachmentLine)),
    ...section(vscode.l10n.t("Settings"), info.settings.map(settingLine)),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function attachmentLine(catalog: CatalogInfo): string {
  const { name, state, detail, readOnly, environment, problem } = catalog;
  const parts =
    state === "attached"
      ? [
          detail,
          readOnly
            ? vscode.l10n.t("read-only")
            : vscode.l10n.t("writes allowed"),
          environment ?? "",
        ]
      : [vscode.l10n.t("not reachable"), problem?.message ?? ""];
  return `${state === "attached" ? "" : "⚠ "}${name}: ${parts.filter((part) => part !== "").join(" · ")}`;
}

function settingLine({
  name,
  value,
  origin,
  note,
  problem,
}: AppliedSetting): string {
  const from = origin === "dbt" ? " (dbt)" : "";
  if (problem !== null) {
    return `⚠ ${name}${from}: ${problem.message}`;
  }
  return `${name}${value === "" ? "" : ` = ${value}`}${from}${note === "" ? "" : `: ${note}`}`;
}
