import assert from "node:assert/strict";
import {
  StoredSecrets,
  type Secrets,
  type Variables,
} from "../../../src/extension/lint/storedSecrets";

/** SecretStorage in memory; every access takes a turn. */
class Storage {
  readonly entries = new Map<string, string>();
  readonly get = (key: string) => Promise.resolve(this.entries.get(key));
  readonly store = (key: string, value: string) => {
    this.entries.set(key, value);
    return Promise.resolve();
  };
  readonly delete = (key: string) => {
    this.entries.delete(key);
    return Promise.resolve();
  };
}

const a = "file:///a";
const b = "file:///b";

function secretsOf(storage: Secrets, ...places: readonly string[]) {
  const told: Variables[] = [];
  const stored = new StoredSecrets(
    storage,
    () => (places.length === 0 ? [a] : places),
    (variables) => {
      told.push(variables);
      return Promise.resolve();
    },
  );
  return { stored, told };
}

describe("StoredSecrets", () => {
  it("keeps what is added at once, and tells all of it", async () => {
    const { stored, told } = secretsOf(new Storage());
    await Promise.all([
      stored.add([{ name: "A", value: "1" }], a),
      stored.add([{ name: "B", value: 'x"\n' }], a),
    ]);
    assert.deepEqual(await stored.all(), { A: "1", B: 'x"\n' });
    assert.deepEqual(told.at(-1), { A: "1", B: 'x"\n' });
  });

  it("forgets a name, and with the last one its entry", async () => {
    const storage = new Storage();
    const { stored, told } = secretsOf(storage);
    await stored.add(
      [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      a,
    );
    await stored.forget("A");
    assert.deepEqual(await stored.all(), { B: "2" });
    await stored.forget("B");
    assert.equal(storage.entries.size, 0);
    assert.deepEqual(told.at(-1), {});
  });

  it("has those of its own workspace only, and none of what is not its own", async () => {
    const storage = new Storage();
    await secretsOf(storage).stored.add([{ name: "A", value: "1" }], a);
    const other = secretsOf(storage, b).stored;
    assert.deepEqual(await other.all(), {});
    const [key = ""] = storage.entries.keys();
    for (const text of ["{", "[1]", '"x"', '{"A": 1}', "null"]) {
      storage.entries.set(key, text);
      assert.deepEqual(await secretsOf(storage).stored.all(), {}, text);
    }
  });

  it("keeps each with the folder of its document, wherever that is open", async () => {
    const storage = new Storage();
    const both = secretsOf(storage, a, b, "file:///w.code-workspace").stored;
    await both.add([{ name: "A", value: "1" }], a);
    await both.add([{ name: "B", value: "2" }], b);
    assert.deepEqual(await both.all(), { A: "1", B: "2" });
    assert.deepEqual(await secretsOf(storage, b).stored.all(), { B: "2" });
    assert.deepEqual(await secretsOf(storage, a).stored.all(), { A: "1" });
    // Of two with one name that of the first folder counts.
    await secretsOf(storage, b).stored.add([{ name: "A", value: "3" }], b);
    assert.equal((await both.all())["A"], "1");
    await both.forget("A");
    assert.deepEqual(await both.all(), { B: "2" });
  });

  it("goes on after a storage that has failed", async () => {
    const storage = new Storage();
    const { stored } = secretsOf({
      get: storage.get,
      delete: storage.delete,
      store: () => Promise.reject(new Error("locked")),
    });
    await assert.rejects(stored.add([{ name: "A", value: "1" }], a), /locked/);
    await stored.forget("A");
    assert.deepEqual(await stored.all(), {});
  });
});
