import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { splitStatements } from "../../src/core/sql/statements";
import { until } from "../support/until";
import { guideBlock } from "../engine/patterns/guide";
import { demoSuite } from "./support/demoSuite";

/** The guide's graceful degradation in the real workbench: its server is stopped, and its statement is answered. */
describe("local copies in the workbench", () => {
  const suite = demoSuite({
    prepare: async (demo) => {
      await writeFile(
        path.join(demo.workspace, ".vscode/settings.json"),
        JSON.stringify({
          "viaduct.database": "memory.duckdb",
          "viaduct.attachments": [
            { alias: "source_memories", envFile: ".env" },
          ],
        }),
      );
      const block = guideBlock("/ 3. Graceful Degradation");
      await writeFile(
        path.join(demo.workspace, "sql/10-degradation.sql"),
        `CREATE OR REPLACE TABLE consolidated_memories AS SELECT memory_id, NULL::VARCHAR AS cached_content FROM source_memories.public.raw_memories LIMIT 40;\n\n${splitStatements(block.text)[0]?.text ?? ""};\n`,
      );
    },
  });

  it("keeps one from a table's menu, and shows it in the tree", async () => {
    await suite.workbench.sideBar.open("Viaduct");
    await suite.workbench.sideBar.expand("source_memories", 1);
    await suite.workbench.sideBar.expand("public", 2);
    await suite.workbench.sideBar.contextAction(
      "raw_memories",
      "Keep Local Copy",
    );
    await suite.workbench.notifications.waitFor(/A local copy of .* is kept/);
    await until("the copy in the tree", async () =>
      (await suite.workbench.sideBar.rows()).some((row) =>
        /^raw_memories copy, just now/.test(row),
      ),
    );
    await suite.workbench.screenshot("local-copy-kept-dark");
    await suite.workbench.notifications.clear();
  });

  it("answers the guide's statement from it while the server is stopped, and says so above the rows", async () => {
    await suite.workbench.openFile("10-degradation.sql");
    await suite.workbench.editor.clickLens(/^\W*Run$/, 0);
    const panel = suite.workbench.webview("#results");
    await panel.waitForText(/SELECT 40/, 60_000);
    await suite.demo.postgres.stop();
    await suite.workbench.editor.clickLens(/^\W*Run$/, 1);
    const text = await panel.waitForText(/40 rows\s+complete/, 60_000);
    assert.match(
      text,
      /"source_memories" is not reachable: its rows come from the local copy/,
    );
    await until("the copies in the tree", async () =>
      (await suite.workbench.sideBar.rows()).some((row) =>
        /^public\.raw_memories copy/.test(row),
      ),
    );
    await suite.workbench.screenshot("local-copy-dark");
  });
});
