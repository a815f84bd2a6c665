import assert from "node:assert/strict";
import { Duckdb } from "../../src/engine/duckdb";
import { OpenCalls } from "../../src/engine/openCalls";

describe("a connection that is closed while a call on it is open", () => {
  it("stops the call, and holds up nothing else meanwhile", async () => {
    const instance = await Duckdb.open({});
    const connection = await instance.connect();
    const counting = assert.rejects(
      connection.run("SELECT count(*) FROM range(1000000000000) t(i)"),
      /INTERRUPT/,
    );
    const closed = connection.close();
    await Promise.all([counting, closed]);
    instance.close();
  });

  it("stops a prepared statement, too", async () => {
    const instance = await Duckdb.open({});
    const connection = await instance.connect();
    const prepared = await connection.prepare(
      "SELECT count(*) FROM range(1000000000000) t(i)",
    );
    const counting = assert.rejects(prepared.stream(), /INTERRUPT/);
    await Promise.all([counting, connection.close()]);
    instance.close();
  });

  it("is closed once the last call has come back, and waited for so long only as it may take", async () => {
    const calls = new OpenCalls(20);
    const done: string[] = [];
    let comeBack = (): void => undefined;
    const call = calls.track(
      new Promise<void>((resolve) => {
        comeBack = resolve;
      }),
    );
    const note = (what: string) => (): void => {
      done.push(what);
    };
    await calls.closeAfter(note("interrupted"), note("closed"));
    assert.deepEqual(done, ["interrupted"]);
    comeBack();
    await call;
    while (done.length < 2) await new Promise(setImmediate);
    assert.deepEqual(done, ["interrupted", "closed"]);
  });

  it("is not closed under the next call of who waited for one that failed", async () => {
    const calls = new OpenCalls();
    const done: string[] = [];
    const failing = calls.track(
      new Promise<void>((_, reject) => {
        setImmediate(reject, new Error("interrupted"));
      }),
    );
    const tidying = failing
      .catch(() => undefined)
      .then(() =>
        calls.track(
          new Promise<void>((resolve) => {
            setImmediate(() => {
              done.push("tidied");
              resolve();
            });
          }),
        ),
      );
    await calls.closeAfter(
      () => undefined,
      () => done.push("closed"),
    );
    await tidying;
    assert.deepEqual(done, ["tidied", "closed"]);
  });

  it("is closed at once when none is open", async () => {
    const done: string[] = [];
    const calls = new OpenCalls();
    await assert.rejects(calls.track(Promise.reject(new Error("over"))));
    const closing = calls.closeAfter(
      () => done.push("interrupted"),
      () => done.push("closed"),
    );
    assert.deepEqual(done, ["closed"]);
    await closing;
  });
});
