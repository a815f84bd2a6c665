import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file } from "./attachmentSupport";
import { eventually } from "./support";

/** Entries as a user writes them, one of each kind, and with every option. */
const right: Readonly<Record<string, object>> = {
  "an env file": { alias: "a", envFile: ".env", prefix: "SOURCE_PG_" },
  "a dbt output": { alias: "b", dbt: { profile: "p", target: "dev" } },
  "a dbt entry": {
    alias: "c",
    dbt: {
      profilesFile: "~/.dbt/profiles.yml",
      profile: "p",
      target: "dev",
      entry: "attach:pg",
    },
  },
  "a service": { alias: "d", service: "warehouse", serviceFile: "pg.conf" },
  "a connection": {
    alias: "Größe x",
    connection: "host=db.example.com dbname=d user=u",
    password: "prompt",
    sslmode: "verify-full",
    sslrootcert: "ca.pem",
  },
  "a URI": {
    alias: "f",
    connection: "postgresql://u@h/d",
    password: "secretStorage",
  },
  variables: { alias: "g", environmentVariables: true, readOnly: false },
  options: {
    alias: "h",
    envFile: ".env",
    environment: "production",
    schemas: ["public"],
    connectTimeoutSeconds: 5,
    statementTimeoutSeconds: 60,
    idleInTransactionTimeoutSeconds: 0,
    poolSize: 4,
  },
};

const wrong: Readonly<Record<string, object>> = {
  "no source": { alias: "a" },
  "two sources": { alias: "a", envFile: ".env", service: "s" },
  "no alias": { envFile: ".env" },
  "a reserved alias": { alias: "Memory", envFile: ".env" },
  "a misspelt key": { alias: "a", envFile: ".env", readonly: true },
  "a prefix without an env file": { alias: "a", service: "s", prefix: "X_" },
  "another role": { alias: "a", envFile: ".env", environment: "prod" },
  "a password": { alias: "a", connection: "postgresql://u:pw@h/d" },
  "a password as a keyword": { alias: "a", connection: "host=h password=pw" },
  "a negative timeout": {
    alias: "a",
    envFile: ".env",
    statementTimeoutSeconds: -1,
  },
  "half an output": { alias: "a", dbt: { profile: "p" } },
};

/** settings.json in the editor: nothing of it is saved, for the session would follow. */
describe("viaduct.attachments in settings.json, by VS Code's own JSON rules", () => {
  const uri = vscode.Uri.file(file(".vscode/settings.json"));
  let editor: vscode.TextEditor;

  before(async () => {
    editor = await vscode.window.showTextDocument(uri);
  });
  after(() => vscode.commands.executeCommand("workbench.action.files.revert"));

  async function write(text: string): Promise<void> {
    const { document } = editor;
    const end = document.lineAt(document.lineCount - 1).range.end;
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(new vscode.Position(0, 0), end), text);
    });
  }

  let lines = 4;

  /**
   * Problems on the line of the entry. A marker that always has one stands on another line each time: problems of the
   * text before are not taken for those of this one.
   */
  async function problemsOf(entry: object): Promise<string[]> {
    lines += 1;
    await write(
      `{\n"viaduct.attachments": [\n${JSON.stringify(entry)}\n],${"\n".repeat(lines - 3)}"viaduct.confirmWrites": "wrong"\n}\n`,
    );
    const found = await eventually("the problems of this text", () => {
      const all = vscode.languages.getDiagnostics(uri);
      return all.some(({ range }) => range.start.line === lines) ? all : false;
    });
    return found
      .filter(({ range }) => range.start.line === 2)
      .map(({ message }) => message);
  }

  for (const [name, entry] of Object.entries(right)) {
    it(`has nothing against ${name}`, async () => {
      assert.deepEqual(await problemsOf(entry), []);
    });
  }

  for (const [name, entry] of Object.entries(wrong)) {
    it(`marks ${name}`, async () => {
      const problems = await problemsOf(entry);
      assert.ok(problems.length > 0, "it has no problem");
      assert.ok(!problems.join().includes("pw"), problems.join());
    });
  }

  it("completes the keys of an entry, and the values that there are", async () => {
    const start = '{\n"viaduct.attachments": [\n{ "alias": "a", ';
    await write(`${start}\n}\n]\n}\n`);
    const labels = async (): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        uri,
        editor.document.positionAt(start.length),
      );
      return list.items.map(({ label }) =>
        (typeof label === "string" ? label : label.label).replaceAll('"', ""),
      );
    };
    const keys = await eventually("the keys", async () => {
      const found = await labels();
      return found.includes("envFile") ? found : false;
    });
    for (const key of ["dbt", "service", "connection", "environment"]) {
      assert.ok(keys.includes(key), keys.join());
    }
  });
});
