import { createHash } from "node:crypto";
import { relative } from "node:path";
import {
  rotateHint,
  sarifLog,
  sarifPath,
  type SarifFile,
} from "../../core/credentials/sarif";
import type {
  ExportLintParams,
  WorkspaceFileFindings,
  WorkspaceFinding,
} from "../../protocol/server";
import { nearestFolder } from "../../files/nodeFiles";
import { pathOfUri } from "./serverOptions";
import { uriOf } from "./workspaceFiles";

/** What was found as a file for other tools, in the forms that `viaduct lint --format` prints. No value is in it. */
export async function exportLint(params: ExportLintParams): Promise<string> {
  if (params.as === "json") {
    return json(params);
  }
  const folder = pathOfUri(params.folder);
  const root = folder === null ? null : await nearestFolder(folder, ".git");
  return sarif(root === null ? params : { ...params, folder: uriOf(root) });
}

function json({ folder, files }: ExportLintParams): string {
  const findings = files.flatMap((file) =>
    file.findings.map((finding) => {
      const { rule, severity, message, cell, inHistorySince } = finding;
      const { startLine, startColumn, endLine, endColumn } = regionOf(finding);
      const { isTracked } = file;
      return {
        file: pathFrom(folder, file.uri),
        line: startLine,
        column: startColumn,
        endLine,
        endColumn,
        rule,
        severity,
        message,
        ...(cell === null ? {} : { cell }),
        git: isTracked === null ? null : { isTracked, inHistorySince },
      };
    }),
  );
  return `${JSON.stringify(findings, null, 2)}\n`;
}

function sarif({ folder, files, skipped }: ExportLintParams): string {
  const checked = files.map((file) => sarifFile(folder, file));
  const left = skipped.map(({ uri, reason }): SarifFile => ({
    artifact: artifactOf(folder, uri),
    findings: [],
    problem: `${pathFrom(folder, uri)}: ${reason}`,
    isSkipped: true,
  }));
  return sarifLog([...checked, ...left], (text) =>
    createHash("sha256").update(text).digest("hex"),
  );
}

function sarifFile(
  folder: string,
  { uri, findings }: WorkspaceFileFindings,
): SarifFile {
  return {
    artifact: artifactOf(folder, uri),
    findings: findings.map((finding) => {
      const { rule, severity, message, cell, inHistorySince } = finding;
      const where =
        cell === null ? "" : ` In cell ${cell.cell}, line ${cell.line}.`;
      return {
        rule,
        severity,
        message,
        more: where + rotateHint(inHistorySince),
        region: regionOf(finding),
      };
    }),
    problem: null,
    isSkipped: false,
  };
}

/** Only what lies below the root has a path from it. */
function artifactOf(folder: string, uri: string): SarifFile["artifact"] {
  const path = pathFrom(folder, uri);
  return path.startsWith("..") ? { uri } : sarifPath(path);
}

function regionOf({ range: { start, end } }: WorkspaceFinding) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function pathFrom(folder: string, uri: string): string {
  const root = pathOfUri(folder);
  const path = pathOfUri(uri);
  return root === null || path === null
    ? uri
    : relative(root, path).replaceAll("\\", "/");
}
