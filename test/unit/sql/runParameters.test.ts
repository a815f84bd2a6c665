import assert from "node:assert/strict";
import { runParameters } from "../../../src/core/sql/runParameters";

describe("the parameters of statements that are run together", () => {
  it("are asked for once by their names, and each question mark by itself", () => {
    const found = runParameters(
      [
        { text: "SELECT :Id, ?, $2" },
        { text: "SELECT 1" },
        { text: "SELECT $id, ?, ?, :password, $2" },
      ],
      "duckdb",
    );
    assert.deepEqual(
      found.map(({ id, label, isSecret, at }) => [
        id,
        label,
        isSecret,
        at.map(({ statement, key }) => `${statement} ${key}`),
      ]),
      [
        ["id", "Id", false, ["0 id", "2 id"]],
        ["?1", "?1", false, ["0 ?1"]],
        ["2", "$2", false, ["0 2", "2 2"]],
        ["?2", "?2", false, ["2 ?1"]],
        ["?3", "?3", false, ["2 ?2"]],
        ["password", "password", true, ["2 password"]],
      ],
    );
  });
});
