import assert from "node:assert/strict";
import type {
  AttachmentSpec,
  PasswordOrigin,
} from "../../../src/core/connections/attachment";
import { PasswordStore } from "../../../src/extension/attach/passwordStore";

describe("stored passwords", () => {
  const kept = new Map<string, string>();
  const secrets = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string) => {
      kept.set(key, value);
      return Promise.resolve();
    },
    delete: (key: string) => {
      kept.delete(key);
      return Promise.resolve();
    },
  };
  const asked: string[] = [];
  const store = (): PasswordStore =>
    new PasswordStore(
      secrets,
      () => "file:///workspace",
      ({ alias }) => {
        asked.push(alias);
        return Promise.resolve("entered");
      },
    );
  const spec = (
    connection: string,
    password: PasswordOrigin = "secretStorage",
  ): AttachmentSpec => ({
    alias: "pg",
    source: { kind: "connection", connection },
    readOnly: true,
    options: { password },
  });

  beforeEach(() => {
    kept.clear();
    asked.length = 0;
  });

  it("are found again, in another session, too", async () => {
    const first = store();
    first.remember(spec("host=db"), "s3cret");
    await first.keep(spec("host=db"));
    assert.equal(await first.find(spec("host=db"), false), "s3cret");
    const later = await store().find(
      { ...spec("host=db"), alias: "PG", readOnly: false },
      true,
    );
    assert.equal(later, "s3cret");
    assert.deepEqual(asked, []);
  });

  it("do not go to another server that the settings name under the alias", async () => {
    const first = store();
    first.remember(spec("host=db"), "s3cret");
    await first.keep(spec("host=db"));
    for (const passwords of [first, store()]) {
      const other = spec("host=db.example");
      assert.equal(await passwords.find(other, false), undefined);
      await passwords.copy(other, "copy");
      assert.equal(
        await passwords.find({ ...other, alias: "copy" }, false),
        undefined,
      );
    }
    assert.equal(await first.find(spec("host=db.example"), true), "entered");
    assert.deepEqual(asked, ["pg"]);
  });

  it("that were entered for this session do not, either", async () => {
    const passwords = store();
    passwords.remember(spec("host=db", "prompt"), "s3cret");
    assert.equal(
      await passwords.find(spec("host=other", "prompt"), false),
      undefined,
    );
    assert.equal(
      await passwords.find(spec("host=db", "prompt"), false),
      "s3cret",
    );
    await passwords.keep(spec("host=other"));
    assert.equal(kept.size, 0);
  });

  it("of a store that says nothing of their server are asked for again", async () => {
    const first = store();
    first.remember(spec("host=db"), "s3cret");
    await first.keep(spec("host=db"));
    const [key = ""] = kept.keys();
    for (const value of ["s3cret", "null", "12", "{}"]) {
      kept.set(key, value);
      assert.equal(await store().find(spec("host=db"), false), undefined);
    }
  });
});
