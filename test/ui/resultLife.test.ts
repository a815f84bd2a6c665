import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { resultsSuite } from "./support/resultsSuite";

const files = {
  "keep.sql": "SELECT i AS n, 'kept ' || i AS which FROM range(3000) t(i);\n",
  "lose.sql": "SELECT i AS n, 'lost ' || i AS which FROM range(3000) t(i);\n",
};

describe("results, when what has them ends", () => {
  const suite = resultsSuite(files);

  const panel = () => suite.panel();
  const beside = () => suite.workbench.webview("#result-beside");
  const showTab = (name: RegExp) => suite.showTab(name);

  /** The one engine, once others and their files are gone. */
  function onlyEngine(than: number | null = null): Promise<number> {
    return until(
      "one engine with temporary files",
      async () => {
        const [id, ...others] = await suite.engines();
        return id !== undefined && id !== than && others.length === 0 && id;
      },
      60_000,
    );
  }

  /** Path of a file of pinned results, by the end of its name. */
  async function pinnedFile(end: string): Promise<string> {
    const all = await suite.stored(/viaduct\.viaduct[\\/]results[\\/]/);
    const found = all.find((name) => name.endsWith(end));
    assert.ok(found, `no pinned ${end}`);
    return path.join(suite.dataFolder, found);
  }

  it("the engine killed: pinned rows come from their file, others say that they are gone and run again, beside too", async () => {
    await suite.run("keep.sql");
    await suite.pin();
    await suite.run("lose.sql");
    await suite.workbench.runCommand("Viaduct: Open Result Beside");
    await beside().waitForText(/lost 3/);
    const before = await onlyEngine();
    process.kill(before, "SIGKILL");
    await panel().waitForText(/These rows are gone/, 30_000);
    await beside().waitForText(/These rows are gone/);
    await suite.workbench.screenshot("results-gone-dark");
    await showTab(/^keep/);
    await panel().waitForText(/kept 3[^]*3,000 rows[^]*complete/, 60_000);
    assert.notEqual(await onlyEngine(before), before);
    await showTab(/^lose/);
    const frame = await panel().frame();
    await frame.getByRole("button", { name: "Run Again" }).last().click();
    await panel().waitForText(/lost 3/, 60_000);
    await beside().waitForText(/lost 3/);
  });

  it("the window reloaded: a pinned result is beside again, and nothing is left of the engine before", async () => {
    await showTab(/^keep/);
    await suite.workbench.runCommand("Viaduct: Open Result Beside");
    await beside().waitForText(/lost 3|kept 3/);
    const before = await onlyEngine();
    const left = path.join(
      path.dirname(await pinnedFile(".json")),
      "left.0.duckdb",
    );
    await writeFile(left, "");
    await suite.workbench.reloadWindow();
    await beside().waitForText(/kept 3/, 90_000);
    assert.doesNotMatch(await beside().text(), /lost/);
    await onlyEngine(before);
    assert.ok(!existsSync(left), "half of a pinned result is still there");
  });

  it("the extension host killed: it is started again, and so are the pinned rows; no engine and no file is left", async () => {
    const before = await onlyEngine();
    const host = Number(
      /^PPid:\s*(\d+)$/m.exec(
        readFileSync(`/proc/${before}/status`, "utf8"),
      )?.[1],
    );
    process.kill(host, "SIGKILL");
    await until("the engine to end with its host", () => !isAlive(before));
    await suite.workbench.reloadWindow();
    await beside().waitForText(/kept 3[^]*3,000 rows[^]*complete/, 90_000);
    await onlyEngine(before);
  });
});

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
