import * as vscode from "vscode";
import { findAttachAliases } from "../../core/sql/attachAliases";
import type { EnvFileSource } from "../../core/connections/attachment";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineSession } from "../engine/engineSession";
import type { Settings } from "../settings/settings";

const ignored = "**/{node_modules,.git,target,dbt_packages,.venv,venv}/**";
const maximumFiles = 50;

/** An env file with what its names say can be attached from it. */
export interface EnvFileCandidate {
  readonly source: EnvFileSource;
  /** As seen from the workspace folder. */
  readonly label: string;
}

/** Every connection that the env files of the workspace describe. The engine reads the files; only names come back. */
export async function findConnections(
  session: EngineSession,
  settings: Settings,
): Promise<readonly EnvFileCandidate[]> {
  const found = await vscode.workspace.findFiles(
    "**/.env*",
    ignored,
    maximumFiles,
  );
  const files = new Set([
    ...settings.envFiles,
    ...found.map(({ fsPath }) => fsPath).sort(),
  ]);
  const candidates = await Promise.all(
    [...files]
      .filter(isFilledIn)
      .map((file) => readCandidates(session, settings, file)),
  );
  return candidates.flat();
}

/** Aliases that the workspace's SQL files already use in an ATTACH, most used first. */
export async function findUsedAliases(): Promise<readonly string[]> {
  const files = await vscode.workspace.findFiles(
    "**/*.sql",
    ignored,
    maximumFiles,
  );
  const counts = new Map<string, number>();
  for (const file of files.sort((a, b) => a.fsPath.localeCompare(b.fsPath))) {
    const text = new TextDecoder().decode(
      await vscode.workspace.fs.readFile(file),
    );
    for (const alias of findAttachAliases(text)) {
      counts.set(alias, (counts.get(alias) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([alias]) => alias);
}

async function readCandidates(
  session: EngineSession,
  settings: Settings,
  file: string,
): Promise<readonly EnvFileCandidate[]> {
  try {
    const { prefixes } = await session.request("readEnvFile", { file });
    return prefixes.map((prefix) => ({
      source: { kind: "envFile", file, prefix },
      label: settings.relative(file),
    }));
  } catch (error) {
    // A configured file that does not exist (yet) or is malformed has nothing to offer here; choosing it explicitly
    // says what is wrong with it. Anything else is a problem of the engine's.
    if (
      !["envFileMissing", "envFileInvalid"].includes(toErrorInfo(error).class)
    ) {
      throw error;
    }
    return [];
  }
}

/** Templates of env files hold no values. */
function isFilledIn(file: string): boolean {
  return !/\.(example|sample|template|dist|schema)$/i.test(file);
}
