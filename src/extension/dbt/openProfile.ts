import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { FilePlace } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import type { CommandTable } from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import type { DbtParts } from "./dbtParts";

/** Opens a `profiles.yml`: at the given place, an attachment's, the selected one at its first problem, or dbt's. */
export function openProfile(
  session: EngineSession,
  dbt: DbtParts,
): CommandTable["viaduct.openProfile"] {
  return async (about) => {
    const place = isPlace(about)
      ? about
      : ((await placeOf(session, dbt, alias(about))) ?? null);
    if (place === null) {
      throw viaductError("profileMissing", "dbt finds no profiles.yml.", {
        actions: ["openSettings"],
      });
    }
    if (!existsSync(place.path)) {
      throw viaductError(
        "profileMissing",
        `The file ${place.path} does not exist.`,
        { actions: ["openSettings"] },
      );
    }
    const at = new vscode.Position(place.line, place.column);
    await vscode.window.showTextDocument(vscode.Uri.file(place.path), {
      selection: new vscode.Range(at, at),
    });
    return place.path;
  };
}

async function placeOf(
  session: EngineSession,
  { session: dbt, workspace }: DbtParts,
  catalog: string | undefined,
): Promise<FilePlace | undefined> {
  const named =
    catalog === undefined ? undefined : session.attachments.get(catalog);
  if (named?.source.kind === "dbt") {
    return start(named.source.file);
  }
  const selection = await dbt.select();
  if (selection !== null) {
    return (
      dbt.report.problems.find(({ file }) => file !== undefined)?.file ??
      start(selection.file)
    );
  }
  const sources = [...session.attachments.values()].map(({ source }) => source);
  const file =
    sources.find((source) => source.kind === "dbt")?.file ??
    (await workspace.profilesFiles())[0];
  return file === undefined ? undefined : start(file);
}

function start(path: string): FilePlace {
  return { path, line: 0, column: 0 };
}

function alias(about: unknown): string | undefined {
  return typeof about === "object" &&
    about !== null &&
    "catalog" in about &&
    typeof about.catalog === "string"
    ? about.catalog
    : undefined;
}

function isPlace(value: unknown): value is FilePlace {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    "line" in value &&
    "column" in value &&
    typeof value.path === "string" &&
    typeof value.line === "number"
  );
}
