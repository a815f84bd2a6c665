import assert from "node:assert/strict";
import { answering } from "./answers";
import {
  addByHand,
  assertUntold,
  catalog,
  connection,
  demoValues,
  entries,
  entry,
  remove,
  works,
} from "./attachmentSupport";
import { envSource, run } from "./support";

describe("attachments in a real extension host", () => {
  let password = "";

  before(async () => {
    password = (await demoValues()).get("PASSWORD") ?? "";
    assert.notEqual(password, "");
  });

  afterEach(() => remove());

  it("adds one from an env file, step by step, with its role", async () => {
    const { result } = await answering(
      [
        { pick: /POSTGRES_\* in \.env$/ },
        { type: catalog, refused: ["memory", "main", ""] },
        { pick: /Read-only/ },
        { pick: /production/ },
      ],
      () => run("viaduct.addAttachment"),
    );
    assert.equal(result?.state, "attached");
    assert.equal(result.environment, "production");
    assert.deepEqual(entry(), {
      alias: catalog,
      envFile: ".env",
      prefix: "POSTGRES_",
      readOnly: true,
      environment: "production",
    });
    assert.ok(await works());
  });

  it("refuses an alias that the session has, in any case", async () => {
    await run("viaduct.addAttachment", {
      alias: catalog,
      source: envSource(),
      readOnly: true,
    });
    await answering(
      [
        { pick: /POSTGRES_\* in \.env$/ },
        { type: "another", refused: [catalog, catalog.toUpperCase()] },
        { dismiss: true },
      ],
      () => run("viaduct.addAttachment"),
    );
    assert.equal(entry("another"), undefined);
  });

  it("keeps a password in SecretStorage, over a restart of the engine", async () => {
    const { result } = await addByHand(/SecretStorage/, password);
    assert.equal(result?.state, "attached");
    assert.equal(result.readOnly, true);
    assert.deepEqual(entry(), {
      alias: catalog,
      connection: await connection(),
      readOnly: true,
      environment: "staging",
      password: "secretStorage",
    });
    await assertUntold(password);
    await answering([], () => run("viaduct.restartEngine"));
    assert.ok(await works());
  });

  it("asks for a password once in a session, and again when it is forgotten", async () => {
    await addByHand(/each session/, password);
    assert.equal(entry()?.password, "prompt");
    await answering([], () => run("viaduct.restartEngine"));
    assert.ok(await works());
    await run("viaduct.forgetPassword", { catalog });
    const { result } = await answering([{ type: password }], () =>
      run("viaduct.reconnect", { catalog }),
    );
    assert.equal(result?.state, "attached");
    await assertUntold(password);
  });

  it("shows why a connection fails, and goes on once that is mended", async () => {
    const { result, asked } = await answering(
      [
        { pick: /Connection string/ },
        { type: await connection() },
        { pick: /SecretStorage/ },
        { type: catalog },
        { pick: /Read-only/ },
        { pick: /None/ },
        { type: "wrong-invented" },
        { press: "Enter Password" },
        { type: password },
      ],
      () => run("viaduct.addAttachment"),
    );
    assert.equal(result?.state, "attached", JSON.stringify(result));
    assert.match(asked.messages.join("\n"), /does not connect/);
    assert.ok(!asked.messages.join("\n").includes("wrong-invented"));
  });

  it("saves what does not connect when that is wanted, and says why in the list", async () => {
    const { result } = await answering(
      [
        { pick: /Connection string/ },
        { type: "host=127.0.0.1 port=1 dbname=d user=u" },
        { pick: /or none/ },
        { type: catalog },
        { pick: /Read-write/ },
        { pick: /None/ },
        { press: "Save Anyway" },
      ],
      () => run("viaduct.addAttachment"),
    );
    assert.equal(result?.state, "unreachable");
    assert.equal(result.problem?.class, "connectionRefused");
    assert.equal(result.problem.alias, catalog);
    assert.equal(entry()?.readOnly, false);
  });

  it("leaves nothing behind when the user gives up", async () => {
    const before = entries();
    await answering(
      [
        { pick: /Connection string/ },
        { type: "host=127.0.0.1 port=1 dbname=d user=u" },
        { pick: /or none/ },
        { type: catalog },
        { pick: /Read-only/ },
        { pick: /None/ },
      ],
      () => run("viaduct.addAttachment"),
    );
    assert.deepEqual(entries(), before);
  });
});
