import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { AttachmentSetting } from "../../src/core/connections/attachmentSetting";
import { answering } from "./answers";
import { run, workspaceFolder } from "./support";

/** The alias that these tests attach under. */
export const catalog = "wizard";

/** Absolute path of a file of the workspace. */
export function file(name: string): string {
  return path.join(workspaceFolder(), name);
}

/** The values of the demo's own env file; the last of a name wins. */
export async function demoValues(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(file(".env"), "utf8");
  return new Map(
    [...text.matchAll(/^POSTGRES_(\w+)=(.*)$/gm)].map(([, name, value]) => [
      name ?? "",
      (value ?? "").replace(/^'(.*)'$/, "$1"),
    ]),
  );
}

/** The attachments of the settings. */
export function entries(): readonly AttachmentSetting[] {
  return vscode.workspace
    .getConfiguration("viaduct")
    .get<readonly AttachmentSetting[]>("attachments", []);
}

/** The entry of an alias. */
export function entry(alias = catalog): AttachmentSetting | undefined {
  return entries().find((each) => each.alias === alias);
}

/** Writes the setting, as a user edits it. */
export async function setEntries(list: readonly unknown[]): Promise<void> {
  await vscode.workspace
    .getConfiguration("viaduct")
    .update("attachments", list, vscode.ConfigurationTarget.Workspace);
}

/** True when the database can be read under the alias. */
export async function works(alias = catalog): Promise<boolean> {
  const view = await run("viaduct.previewRelation", {
    catalog: alias,
    schema: "public",
    relation: "sources",
  });
  return view?.state === "succeeded";
}

/** The password is in no settings file. */
export async function assertUntold(password: string): Promise<void> {
  const settings = await readFile(file(".vscode/settings.json"), "utf8");
  assert.ok(!settings.includes(password), "the password is in settings.json");
}

/** Takes an attachment away, when there is one. */
export async function remove(alias = catalog): Promise<void> {
  if (entry(alias) !== undefined) {
    await answering([{ press: "Remove" }], () =>
      run("viaduct.removeAttachment", { catalog: alias }),
    );
  }
}

/** The demo's database as a connection string. */
export async function connection(): Promise<string> {
  const values = await demoValues();
  return `postgresql://${values.get("USER") ?? ""}@localhost:${values.get("PORT") ?? ""}/${values.get("DATABASE") ?? ""}`;
}

/** Adds the demo's database by hand, its password kept where the answer says. */
export async function addByHand(where: RegExp, password: string) {
  return answering(
    [
      { pick: /Connection string/ },
      {
        type: await connection(),
        refused: ["", "postgresql://u:pw@h/d", "hots=x"],
      },
      { pick: where },
      { type: catalog, refused: ["memory", "Temp", ""] },
      { pick: /Read-only/ },
      { pick: /staging/ },
      { type: password },
    ],
    () => run("viaduct.addAttachment"),
  );
}
