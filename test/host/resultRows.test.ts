import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import * as vscode from "vscode";
import type { RunView } from "../../src/protocol/panel";
import { answering } from "./answers";
import { file } from "./attachmentSupport";
import { openSql, run } from "./support";

/** Runs SQL and answers the run as the panel shows it. */
async function shown(sql: string): Promise<RunView> {
  await openSql("host-rows.sql", sql);
  const view = await run("viaduct.runFile");
  assert.ok(view);
  return view;
}

describe("the rows of a result in a real extension host", () => {
  after(async () => {
    await run("viaduct.closeResult");
    await rm(file("host-rows.csv"), { force: true });
  });

  it("exports the shown result to a file, and says what was guarded", async () => {
    await shown("SELECT range AS a, '=x' AS b FROM range(3);");
    const { result, asked } = await answering([], () =>
      run("viaduct.exportResult", {
        format: "csv",
        file: file("host-rows.csv"),
      }),
    );
    assert.equal(result?.rows, 3);
    assert.equal(
      await readFile(file("host-rows.csv"), "utf8"),
      "a,b\n0,'=x\n1,'=x\n2,'=x\n",
    );
    assert.match(
      asked.messages.join(),
      /Exported 3 rows to host-rows\.csv\. 3 texts/,
    );
  });

  it("leaves formulas alone when the setting says so", async () => {
    const settings = vscode.workspace.getConfiguration("viaduct");
    await settings.update("results.guardFormulas", false);
    try {
      await answering([], () =>
        run("viaduct.exportResult", {
          format: "csv",
          file: file("host-rows.csv"),
        }),
      );
    } finally {
      await settings.update("results.guardFormulas", undefined);
    }
    assert.match(await readFile(file("host-rows.csv"), "utf8"), /^0,=x$/m);
  });

  it("asks which of several results, and takes the selection that the menu gives it", async () => {
    const view = await shown(
      "SELECT 1 AS a; SELECT 2 AS b, 3 AS c UNION ALL SELECT 4, 5;",
    );
    const { result } = await answering([{ pick: /SELECT 2/ }], () =>
      run("viaduct.copyResultAs", { format: "tsv", headers: true }),
    );
    assert.equal(result?.rows, 2);
    assert.equal(await vscode.env.clipboard.readText(), "b\tc\n2\t3\n4\t5");
    const resultId = view.statements[1]?.result?.resultId ?? "";
    const area = { resultId, viewId: null, fromRow: 1, toRow: 2, columns: [1] };
    await run("viaduct.copyResultAs", { area, format: "json", headers: true });
    assert.deepEqual(JSON.parse(await vscode.env.clipboard.readText()), [
      { c: 5 },
    ]);
  });

  it("asks before rows leave that are not all of them", async () => {
    await shown(
      "SELECT CASE WHEN range > 400000 THEN error('broken') ELSE 'x' END AS a FROM range(500000);",
    );
    const { result, asked } = await answering([], () =>
      run("viaduct.exportResult", {
        format: "csv",
        file: file("host-rows.csv"),
      }),
    );
    assert.equal(result, undefined);
    assert.match(asked.messages.join(), /not complete/);
  });

  it("begins where the last export went, in its format", async () => {
    await shown("SELECT 1 AS a;");
    const sql = file("sql");
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(sql));
    const asked: (vscode.SaveDialogOptions | undefined)[] = [];
    const window = vscode.window as {
      showSaveDialog: typeof vscode.window.showSaveDialog;
    };
    const { showSaveDialog } = window;
    window.showSaveDialog = (options) => {
      asked.push(options);
      return Promise.resolve(vscode.Uri.file(file("sql/host-last.md")));
    };
    try {
      for (const format of [/^Markdown/, /./]) {
        const { result } = await answering([{ pick: format }], () =>
          run("viaduct.exportResult"),
        );
        assert.equal(result?.rows, 1);
      }
    } finally {
      window.showSaveDialog = showSaveDialog;
      await rm(file("sql/host-last.md"), { force: true });
    }
    assert.equal(asked[1]?.defaultUri?.fsPath, file("sql/host-rows.md"));
  });

  it("makes a table of the shown result", async () => {
    await shown("SELECT range AS a FROM range(5);");
    const target = {
      catalog: "memory",
      schema: "main",
      table: "host_rows",
      mode: "replace",
    } as const;
    const made = await run("viaduct.saveResultAsTable", { target });
    assert.equal(made?.rows, 5);
    const view = await shown("SELECT count(*) AS n FROM host_rows;");
    assert.equal(view.statements[0]?.outcome?.status, "succeeded");
  });
});
