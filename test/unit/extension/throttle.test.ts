import assert from "node:assert/strict";
import { Throttle } from "../../../src/extension/lifetime/throttle";
import { until } from "../../support/until";

describe("Throttle", () => {
  it("hands on the first value at once, of many the newest, and what is urgent at once", async () => {
    const seen: number[] = [];
    const throttle = new Throttle<number>(20, (value) => seen.push(value));
    for (let value = 1; value <= 1000; value++) {
      throttle.push(value, false);
    }
    assert.deepEqual(seen, [1]);
    await until("the newest", () => Promise.resolve(seen.length > 1));
    assert.deepEqual(seen, [1, 1000]);
    throttle.push(1001, false);
    throttle.push(1002, true);
    assert.equal(seen.at(-1), 1002);
    throttle.dispose();
  });
});
