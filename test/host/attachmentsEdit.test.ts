import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { answering } from "./answers";
import {
  addByHand,
  assertUntold,
  catalog,
  demoValues,
  entries,
  entry,
  file,
  remove,
  setEntries,
  works,
} from "./attachmentSupport";
import { envSource, eventually, run } from "./support";

describe("attachments that are there, in a real extension host", () => {
  let password = "";

  before(async () => {
    password = (await demoValues()).get("PASSWORD") ?? "";
    assert.notEqual(password, "");
  });

  afterEach(() => remove());

  it("edits one: another name, its role and its schemas", async () => {
    await addByHand(/SecretStorage/, password);
    const { result } = await answering(
      [
        { pick: /^Alias/ },
        { type: "renamed", refused: ["memory"] },
        { pick: /^Environment/ },
        { pick: /development/ },
        { pick: /^Statement timeout/ },
        { type: "7", refused: ["-1", "x"] },
        { pick: /Test and save/ },
      ],
      () => run("viaduct.editAttachment", { catalog }),
    );
    assert.equal(result?.name, "renamed");
    assert.equal(result.environment, "development");
    assert.equal(entry(), undefined);
    assert.equal(entry("renamed")?.statementTimeoutSeconds, 7);
    await answering([], () => run("viaduct.restartEngine"));
    assert.ok(await works("renamed"), "its password has moved with it");
    await remove("renamed");
  });

  it("detaches for the session only, and attaches again", async () => {
    await addByHand(/SecretStorage/, password);
    assert.equal(await run("viaduct.detach", { catalog }), catalog);
    assert.ok(entry(), "it stays in the settings");
    assert.equal(await works(), false);
    await run("viaduct.restartEngine");
    assert.equal(await works(), false, "it stays detached");
    const info = await run("viaduct.attach", { catalog });
    assert.equal(info?.state, "attached");
    assert.ok(await works());
  });

  it("tests a connection and says what it found", async () => {
    await addByHand(/SecretStorage/, password);
    const { result, asked } = await answering([], () =>
      run("viaduct.testConnection", { catalog }),
    );
    assert.match(result?.serverVersion ?? "", /^\d+/);
    assert.match(asked.messages.join(), /PostgreSQL.*TLS: .* ms/);
  });

  it("moves a password out of its env file, and connects without it", async () => {
    const env = ".env.moving";
    const text = await readFile(file(".env"), "utf8");
    await writeFile(file(env), text);
    await run("viaduct.addAttachment", {
      alias: catalog,
      source: envSource(env),
      readOnly: true,
    });
    const { result } = await answering(
      [{ press: "Remove POSTGRES_PASSWORD" }],
      () => run("viaduct.moveToSecretStorage", { catalog }),
    );
    assert.equal(result?.state, "attached", JSON.stringify(result));
    assert.equal(entry()?.password, "secretStorage");
    const after = await readFile(file(env), "utf8");
    assert.ok(!after.includes(password));
    assert.match(after, /^POSTGRES_HOST=localhost$/m);
    await answering([], () => run("viaduct.restartEngine"));
    assert.ok(await works());
    await assertUntold(password);
  });

  it("chooses a TLS mode and attaches with it", async () => {
    await addByHand(/SecretStorage/, password);
    const { result } = await answering([{ pick: /^disable/ }], () =>
      run("viaduct.chooseSslMode", { catalog }),
    );
    assert.equal(result?.state, "attached");
    assert.equal(entry()?.sslmode, "disable");
  });

  it("opens the file of a source", async () => {
    await run("viaduct.addAttachment", {
      alias: catalog,
      source: envSource(),
      readOnly: true,
    });
    assert.equal(await run("viaduct.openSource", { catalog }), file(".env"));
  });

  it("carries out what an error of an attachment offers, for that attachment", async () => {
    await addByHand(/SecretStorage/, password);
    await answering(
      [{ press: "Enter Password" }, { type: password }],
      async () => {
        await run("viaduct.showProblem", {
          catalog,
          error: {
            class: "authenticationFailed",
            origin: "postgres",
            message: "No.",
            hint: "",
            alias: catalog,
            actions: ["enterPassword"],
          },
        });
        await eventually("the attachment", () => works());
      },
    );
  });

  it("follows the settings while they are edited", async () => {
    const before = entries();
    const wanted = { alias: catalog, envFile: ".env" };
    await setEntries([...before, wanted]);
    await eventually("the new entry", () => works());
    await setEntries([...before, { ...wanted, schemas: ["public"] }]);
    await eventually("the changed entry", () => works());
    await setEntries(before);
    await eventually("the entry to go", async () => !(await works()));
  });

  it("says which entry of the settings cannot be used, and uses the others", async () => {
    const before = entries();
    const { asked } = await answering([], async () => {
      await setEntries([
        ...before,
        { alias: "broken", envFile: ".env", service: "s" },
        { alias: catalog, envFile: ".env" },
      ]);
      await eventually("the good entry", () => works());
    });
    assert.match(asked.messages.join("\n"), /"broken".*only one of/);
    await setEntries(before);
  });
});
