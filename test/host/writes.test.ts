import assert from "node:assert/strict";
import * as vscode from "vscode";
import { envSource, openSql, run } from "./support";

const alias = "writable";

function setConfirm(value: string | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration("viaduct")
    .update("confirmWrites", value, vscode.ConfigurationTarget.Workspace);
}

/** Runs one statement natively and answers how it ended. */
async function outcomeOf(name: string, sql: string) {
  await openSql(`host-writes-${name}.sql`, sql);
  const view = await run("viaduct.runOn", alias);
  const outcome = view?.statements[0]?.outcome;
  assert.ok(outcome, "it did not run");
  return outcome;
}

describe("the question before a write, in a real extension host", () => {
  before("attach with writes allowed", async () => {
    const info = await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(),
      readOnly: false,
    });
    assert.equal(info?.state, "attached", JSON.stringify(info));
  });

  after(async () => {
    await setConfirm("never");
    await outcomeOf("clean", "DROP TABLE IF EXISTS public.host_writes;\n");
    await setConfirm(undefined);
    await run("viaduct.detach", { catalog: alias });
  });

  it("writes without a question where the settings say so", async () => {
    await setConfirm("never");
    const { error, commandTag } = await outcomeOf(
      "never",
      "CREATE TABLE public.host_writes (i int);\n",
    );
    assert.equal(error, null);
    assert.equal(commandTag, "CREATE TABLE");
  });

  it("asks nothing for a server that is not production where the settings say so", async () => {
    await setConfirm("production");
    const { error, commandTag } = await outcomeOf(
      "production",
      "INSERT INTO public.host_writes VALUES (1), (2);\n",
    );
    assert.equal(error, null);
    assert.equal(commandTag, "INSERT 0 2");
  });

  it("writes nothing when nobody can be asked: VS Code shows no dialog in its tests", async () => {
    await setConfirm("always");
    const refused = await outcomeOf(
      "always",
      "DELETE FROM public.host_writes;\n",
    );
    assert.equal(refused.error?.class, "writeRefused");
    const read = await outcomeOf("read", "SELECT i FROM public.host_writes;\n");
    assert.equal(read.error, null);
    assert.equal(read.rowCount, 2);
  });
});
