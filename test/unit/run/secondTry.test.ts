import assert from "node:assert/strict";
import { type TestResult, secondTry } from "../../support/run/results";

function ended(
  title: string,
  file: string,
  state: TestResult["state"],
  detail = "",
): TestResult {
  return { title, state, detail, file, milliseconds: 1 };
}

describe("the second try of files of tests", () => {
  const first = [
    ended("a 1", "a", "passed"),
    ended("b 1", "b", "failed", "too late"),
    ended("b 2", "b", "passed"),
  ];

  it("counts what passes then, and keeps what failed at first", () => {
    const second = [ended("b 1", "b", "passed"), ended("b 2", "b", "passed")];
    assert.deepEqual(secondTry(first, ["b"], second), [
      ended("a 1", "a", "passed"),
      ended("b 1", "b", "passed", "too late"),
      ended("b 2", "b", "passed"),
    ]);
  });

  it("lets what fails again, or fails only then, fail", () => {
    const second = [
      ended("b 1", "b", "failed", "too late"),
      ended("b 2", "b", "failed", "gone"),
    ];
    assert.deepEqual(
      secondTry(first, ["b"], second).map(({ state }) => state),
      ["passed", "failed", "failed"],
    );
  });

  it("fails when the second run says nothing of a test that failed", () => {
    assert.deepEqual(
      secondTry(first, ["b"], [ended("b 2", "b", "passed")]).filter(
        ({ state }) => state === "failed",
      ),
      [ended("b 1", "b", "failed", "too late")],
    );
  });
});
