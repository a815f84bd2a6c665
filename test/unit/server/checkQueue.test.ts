import assert from "node:assert/strict";
import { CheckQueue } from "../../../src/server/checkQueue";

/** A queue whose turns the test takes itself. */
function make(check?: (uri: string) => void) {
  const checked: string[] = [];
  const turns: (() => void)[] = [];
  const queue = new CheckQueue(check ?? ((uri) => checked.push(uri)), (next) =>
    turns.push(next),
  );
  return { queue, checked, turns, turn: () => turns.shift()?.() };
}

describe("CheckQueue", () => {
  it("checks a document once, however often it changed", () => {
    const { queue, checked, turns, turn } = make();
    for (let change = 0; change < 5; change++) {
      queue.add("a");
    }
    assert.equal(turns.length, 1);
    turn();
    assert.deepEqual(checked, ["a"]);
    assert.equal(turns.length, 0);
  });

  it("reads messages between two documents", () => {
    const { queue, checked, turn } = make();
    queue.add("a");
    queue.add("b");
    turn();
    assert.deepEqual(checked, ["a"]);
    turn();
    assert.deepEqual(checked, ["a", "b"]);
  });

  it("drops a document that is closed", () => {
    const { queue, checked, turn } = make();
    queue.add("a");
    queue.drop("a");
    turn();
    assert.deepEqual(checked, []);
  });

  it("goes on after a check that throws, and ends when disposed", () => {
    const { queue, turns, turn } = make(() => {
      throw new Error("broken");
    });
    queue.add("a");
    queue.add("b");
    assert.throws(turn);
    assert.equal(turns.length, 1);
    queue.dispose();
    turn();
    queue.add("c");
    assert.equal(turns.length, 0);
  });
});
