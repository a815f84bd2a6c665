import fc from "fast-check";
import { assertSoundLint, examinerTexts } from "./examinerTexts";

describe("lint of texts that nobody means to write", () => {
  it("does not throw, and its findings are in order and within the text", () => {
    fc.assert(fc.property(examinerTexts, assertSoundLint), { numRuns: 2000 });
  });
});
