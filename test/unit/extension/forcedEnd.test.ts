import assert from "node:assert/strict";
import { mock } from "node:test";
import { errorInfo } from "../../../src/core/errors/makeError";
import { ForcedEnd } from "../../../src/extension/run/forcedEnd";

const ended = errorInfo("engineUnavailable", "The engine process was ended.");
const explained = errorInfo("cancelled", "It was ended.");

describe("ForcedEnd", () => {
  let kills: number;
  let answer: boolean;
  let asked: number[];
  let forced: ForcedEnd;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    kills = 0;
    answer = false;
    asked = [];
    forced = new ForcedEnd({
      kill: () => (kills += 1),
      askToWait: (seconds) => {
        asked.push(seconds);
        return Promise.resolve(answer);
      },
      error: () => explained,
    });
  });

  afterEach(() => {
    mock.timers.reset();
  });

  it("ends a cancelled run that does not stop, and tells so before and after", () => {
    forced.begin();
    mock.timers.tick(2_000);
    assert.deepEqual(asked, [3]);
    mock.timers.tick(3_000);
    assert.equal(kills, 1);
    assert.equal(forced.explain(ended), explained);
  });

  it("is not put off by cancelling again", () => {
    forced.begin();
    mock.timers.tick(4_000);
    forced.begin();
    mock.timers.tick(1_000);
    assert.equal(kills, 1);
    forced.begin();
    mock.timers.tick(10_000);
    assert.equal(kills, 1);
  });

  it("waits when the user would rather wait, until the run is cancelled again", async () => {
    answer = true;
    forced.begin();
    mock.timers.tick(2_000);
    await Promise.resolve();
    await Promise.resolve();
    mock.timers.tick(60_000);
    assert.equal(kills, 0);
    answer = false;
    forced.begin();
    mock.timers.tick(5_000);
    assert.equal(kills, 1);
  });

  it("does not stand for the end of the engine in a later run", () => {
    forced.begin();
    mock.timers.tick(5_000);
    forced.reset();
    assert.equal(forced.explain(ended), ended);
    assert.equal(forced.hasEnded, false);
  });

  it("ends nothing once the run has stopped, or the window is closed", () => {
    forced.begin();
    forced.stop();
    forced.begin();
    forced.dispose();
    mock.timers.tick(60_000);
    assert.deepEqual([kills, asked], [0, []]);
  });
});
