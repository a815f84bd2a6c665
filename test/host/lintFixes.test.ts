import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { lintSource } from "../../src/protocol/server";
import { demoValues, file } from "./attachmentSupport";
import { diagnosticOf, eventually, openFile, run } from "./support";

function isFinding({ source }: vscode.Diagnostic): boolean {
  return source === lintSource;
}

/** The action of the light bulb at a document's first finding that a command carries out. */
async function actionOf(
  uri: vscode.Uri,
  command: string,
  isWanted: (title: string) => boolean = () => true,
): Promise<readonly unknown[]> {
  const { range } = await diagnosticOf(uri, isFinding);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const found = actions.find(
    (each) => each.command?.command === command && isWanted(each.title),
  );
  assert.ok(found, actions.map(({ title }) => title).join("; "));
  return (found.command?.arguments ?? []) as unknown[];
}

async function noFinding(uri: vscode.Uri): Promise<void> {
  await eventually("the findings to be gone", () =>
    vscode.languages.getDiagnostics(uri).every((each) => !isFinding(each)),
  );
}

async function succeeds(): Promise<void> {
  const view = await run("viaduct.runFile");
  assert.equal(view?.state, "succeeded", JSON.stringify(view));
}

describe("fixes that leave no statement or no file with a credential", () => {
  const value = async (name: string): Promise<string> =>
    (await demoValues()).get(name) ?? "";

  const attach = async (alias: string): Promise<string> => {
    const [port, user, password, database] = await Promise.all(
      ["PORT", "USER", "PASSWORD", "DATABASE"].map(value),
    );
    return `ATTACH 'host=127.0.0.1 port=${port ?? ""} user=${user ?? ""} password=${password ?? ""} dbname=${database ?? ""}' AS ${alias} (TYPE postgres, READ_ONLY);`;
  };

  it("make an attachment of an ATTACH, whose query then runs without the statement", async () => {
    const { document } = await openFile(
      "host-lint-attachment.sql",
      `${await attach("lint_made")}\nSELECT count(*) FROM lint_made.public.sources;\n`,
    );
    const [reference] = await actionOf(document.uri, "viaduct.makeAttachment");
    const info = await run("viaduct.makeAttachment", reference as never);
    assert.equal(info?.name, "lint_made");
    await noFinding(document.uri);
    assert.equal(
      document.getText(),
      "-- lint_made is attached by Viaduct\nSELECT count(*) FROM lint_made.public.sources;\n",
    );
    await succeeds();
    const settings = JSON.stringify(
      vscode.workspace.getConfiguration("viaduct").get("attachments"),
    );
    assert.match(settings, /lint_made/);
    assert.ok(!settings.includes(await value("PASSWORD")));
    // It is attached anew by what is stored.
    await run("viaduct.restartEngine");
    await succeeds();
  });

  it("fix all of a file with the secret storage, and leave the env file as it is", async () => {
    const before = await readFile(file(".env"), "utf8");
    const { document } = await openFile(
      "host-lint-stored.sql",
      `${await attach("lint_stored")}\nSELECT count(*) FROM lint_stored.public.sources;\nDETACH lint_stored;\nCREATE OR REPLACE TEMPORARY SECRET lint_web (TYPE postgres, HOST 'h', PASSWORD 'k7Lp0q2');\n`,
    );
    const given = await actionOf(
      document.uri,
      "viaduct.moveAllCredentials",
      (title) => title.includes("secret storage"),
    );
    assert.equal(
      await run("viaduct.moveAllCredentials", ...(given as [string])),
      2,
    );
    await noFinding(document.uri);
    assert.match(document.getText(), /getenv\('LINT_STORED_PASSWORD'\)/);
    assert.match(document.getText(), /getenv\('LINT_WEB_PASSWORD'\)/);
    assert.equal(await readFile(file(".env"), "utf8"), before);
    await succeeds();
  });
});
