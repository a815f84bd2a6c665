import assert from "node:assert/strict";
import * as vscode from "vscode";
import { answering } from "./answers";
import { envSource, eventually, openSql, run } from "./support";

const alias = "source_memories";
const digits = "12345678901234567890.123456789";

/** Runs SQL and answers what of it is the server's own, and how to have the rest. */
async function shown(sql: string) {
  await openSql("host-values.sql", sql);
  const view = await run("viaduct.runFile");
  assert.equal(view?.state, "succeeded", JSON.stringify(view));
}

/** The values of the shown result, as they can be copied. */
async function values(): Promise<string> {
  await answering([], () =>
    run("viaduct.copyResultAs", { format: "tsv", headers: false }),
  );
  return vscode.env.clipboard.readText();
}

describe("the values of a result in a real extension host", () => {
  before("attach the demo database", async () => {
    await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(),
      readOnly: true,
    });
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration("viaduct")
      .update("results.timeZone", undefined);
    await run("viaduct.showTimesIn", null);
    await run("viaduct.closeResult");
  });

  it("that DuckDB has changed are shown as the server has them, by a way that is chosen", async () => {
    const changed = `FROM postgres_query('${alias}', 'SELECT ${digits}::numeric AS n');\n`;
    await shown(changed);
    assert.notEqual(await values(), digits);
    const server = await answering([{ pick: /^Run on source_memories/ }], () =>
      run("viaduct.showExactValues"),
    );
    assert.equal(server.result?.kind, "server");
    assert.equal(await values(), digits);
    await shown(changed);
    const text = await answering([{ pick: /as text/ }], () =>
      run("viaduct.showExactValues"),
    );
    assert.equal(text.result?.kind, "text");
    const { document } = await eventually(
      "the statement in an editor",
      () => vscode.window.activeTextEditor,
    );
    assert.equal(document.getText(), `${text.result.sql}\n`);
    await run("viaduct.runFile");
    assert.equal(await values(), digits);
  });

  it("that nobody has changed are said to be the server's own", async () => {
    await shown("SELECT 1 AS a;\n");
    const { result, asked } = await answering([], () =>
      run("viaduct.showExactValues"),
    );
    assert.equal(result, undefined);
    assert.match(asked.messages.join(), /Every value .* is the server's own/);
  });

  it("are shown in a zone that is chosen; what is none is said, and not taken", async () => {
    const chosen = await answering([{ pick: /^Asia\/Kolkata$/ }], () =>
      run("viaduct.showTimesIn"),
    );
    assert.equal(chosen.result, "Asia/Kolkata");
    const again = await answering([{ dismiss: true }], () =>
      run("viaduct.showTimesIn"),
    );
    assert.match(
      again.asked.shown.join(),
      /"label":"Asia\/Kolkata","zone":"Asia\/Kolkata","description":"now"/,
    );
    const settings = vscode.workspace.getConfiguration("viaduct");
    const { asked } = await answering([{ dismiss: true }], async () => {
      await settings.update("results.timeZone", "+01:00");
      return run("viaduct.showTimesIn");
    });
    assert.match(asked.messages.join(), /“\+01:00” is no time zone/);
    assert.match(
      asked.shown.join(),
      /each run","zone":null,"description":"now"/,
    );
  });
});
