import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";

describe("access_mode among the settings of DuckDB", () => {
  for (const [readOnly, value, isProblem] of [
    [false, "read_only", true],
    [true, "READ_WRITE", true],
    [false, "read_write", false],
    [true, "automatic", false],
  ] as const) {
    it(`${value}, ${readOnly ? "with" : "without"} viaduct.databaseReadOnly, ${isProblem ? "is a problem that names" : "is told of"} that setting`, async () => {
      const engine = await TestEngine.create();
      try {
        const { settings } = await engine.handlers.initialize({
          ...engine.options,
          database: path.join(engine.folder, "a.duckdb"),
          databaseReadOnly: readOnly,
          settings: { access_mode: value },
        });
        const found = settings.find(({ name }) => name === "access_mode");
        assert.equal(found?.value, readOnly ? "read_only" : "read_write");
        const { note, problem } = found;
        assert.match(problem?.message ?? note, /viaduct\.databaseReadOnly/);
        assert.equal(problem !== null, isProblem);
        if (problem !== null) {
          assert.match(
            problem.hint,
            readOnly ? /databaseReadOnly off/ : /databaseReadOnly on/,
          );
          assert.deepEqual(problem.actions, ["openSettings"]);
        }
      } finally {
        await engine.close();
      }
    });
  }
});
