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
  const store = (...others: readonly string[]): PasswordStore =>
    new PasswordStore(
      secrets,
      () => [others[0] ?? "file:///workspace", ...others.slice(1)],
      ({ alias }, server, former) => {
        asked.push([alias, server, former ?? "-"].join(" | "));
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
  const server = "ann at db:5432";
  const elsewhere = "ann at db.example:5432";

  beforeEach(() => {
    kept.clear();
    asked.length = 0;
  });

  it("are found again, in another session, too", async () => {
    const first = store();
    first.remember(spec("host=db"), "s3cret", server);
    await first.keep(spec("host=db"));
    assert.equal(await first.find(spec("host=db"), server, false), "s3cret");
    const later = await store().find(
      { ...spec("host=db"), alias: "PG", readOnly: false },
      server,
      true,
    );
    assert.equal(later, "s3cret");
    assert.deepEqual(asked, []);
  });

  it("do not go to another source that the settings name under the alias", async () => {
    const first = store();
    first.remember(spec("host=db"), "s3cret", server);
    await first.keep(spec("host=db"));
    for (const passwords of [first, store()]) {
      const other = spec("host=db.example");
      assert.equal(await passwords.find(other, server, false), undefined);
      assert.equal(await passwords.formerServer(other, elsewhere), undefined);
      await passwords.copy(other, "copy");
      assert.equal(
        await passwords.find({ ...other, alias: "copy" }, server, false),
        undefined,
      );
    }
    assert.equal(
      await first.find(spec("host=db.example"), elsewhere, true),
      "entered",
    );
    assert.deepEqual(asked, [`pg | ${elsewhere} | -`]);
  });

  it("do not go to another server that the files of a known source name, and who is asked is told", async () => {
    for (const origin of ["secretStorage", "prompt"] as const) {
      kept.clear();
      asked.length = 0;
      const same = spec("service=s", origin);
      const first = store();
      first.remember(same, "s3cret", server);
      await first.keep(same);
      const stores = origin === "prompt" ? [first] : [first, store()];
      for (const passwords of stores) {
        assert.equal(await passwords.find(same, elsewhere, false), undefined);
        assert.equal(await passwords.formerServer(same, elsewhere), server);
        assert.equal(await passwords.formerServer(same, server), undefined);
      }
      assert.equal(await first.find(same, elsewhere, true), "entered");
      assert.deepEqual(asked, [`pg | ${elsewhere} | ${server}`]);
      // What was entered is for that one, and the first server does not get it.
      assert.equal(await first.find(same, elsewhere, false), "entered");
      assert.notEqual(await first.find(same, server, false), "entered");
    }
  });

  it("keep what they are for under another alias", async () => {
    const passwords = store();
    passwords.remember(spec("host=db"), "s3cret", server);
    await passwords.copy(spec("host=db"), "copy");
    const copy = { ...spec("host=db"), alias: "copy" };
    assert.equal(await passwords.find(copy, server, false), "s3cret");
    assert.equal(await passwords.find(copy, elsewhere, false), undefined);
  });

  it("that were entered for this session do not go elsewhere, either", async () => {
    const passwords = store();
    passwords.remember(spec("host=db", "prompt"), "s3cret", server);
    assert.equal(
      await passwords.find(spec("host=other", "prompt"), server, false),
      undefined,
    );
    assert.equal(
      await passwords.find(spec("host=db", "prompt"), server, false),
      "s3cret",
    );
    await passwords.keep(spec("host=other"));
    assert.equal(kept.size, 0);
  });

  it("of a store that says nothing of their server are asked for again", async () => {
    const first = store();
    first.remember(spec("host=db"), "s3cret", server);
    await first.keep(spec("host=db"));
    const [key = ""] = kept.keys();
    // As an earlier version has stored it.
    const older = JSON.stringify(JSON.parse(kept.get(key) ?? ""), [
      "password",
      "target",
    ]);
    for (const value of ["s3cret", "null", "12", "{}", older]) {
      kept.set(key, value);
      const found = await store().find(spec("host=db"), server, false);
      assert.equal(found, undefined, value);
    }
  });

  describe("in a window of several folders", () => {
    const [first, second] = ["file:///first", "file:///second"];
    const entered = async (
      passwords: PasswordStore,
      connection: string,
      password: string,
    ): Promise<void> => {
      passwords.remember(spec(connection), password, server);
      await passwords.keep(spec(connection));
    };
    const found = (passwords: PasswordStore, connection = "host=db") =>
      passwords.find(spec(connection), server, false);

    it("are the folder's, whatever folders are beside it", async () => {
      await entered(store(second, first), "host=db", "s3cret");
      assert.equal(await found(store(second)), "s3cret");
      assert.equal(await found(store(second, "file:///third")), "s3cret");
      assert.equal(await found(store(first)), undefined);
    });

    it("are found where an earlier version has stored them, and moved with the next one", async () => {
      await entered(store(first), "host=db", "s3cret");
      assert.equal(await found(store(second, first)), "s3cret");
      await entered(store(second, first), "host=db", "newer");
      assert.equal(await found(store(second, first)), "newer");
      assert.equal(kept.size, 1);
    });

    it("are gone from everywhere once they are forgotten, or kept elsewhere", async () => {
      const both = store(second, first);
      await entered(store(first), "host=db", "s3cret");
      await both.forget(spec("host=db"));
      assert.equal(kept.size, 0);
      await entered(store(first), "host=db", "s3cret");
      await both.keep(spec("host=db", "prompt"));
      assert.equal(kept.size, 0);
    });

    it("of another source under the same alias stay what they are", async () => {
      await entered(store(first), "host=other", "s3cret");
      const both = store(second, first);
      assert.equal(await found(both), undefined);
      await entered(both, "host=db", "mine");
      await both.forget(spec("host=db"));
      assert.equal(await found(store(first), "host=other"), "s3cret");
    });
  });
});
