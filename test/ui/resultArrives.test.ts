import assert from "node:assert/strict";
import type { Client } from "pg";
import { until } from "../support/until";
import { Keyboard } from "./support/keyboard";
import { resultsSuite } from "./support/resultsSuite";

/** A lock that the statement waits for when it has come to the row of this number. */
const gate = 4000;
const count = 6000;

const files = {
  "arrives.sql": `SELECT i AS n, CASE WHEN i = ${gate} THEN 'row ' || i || pg_advisory_xact_lock(${gate})::text ELSE 'row ' || i END AS what FROM generate_series(1, ${count}) i;\n`,
};

describe("the panel of results while rows arrive", () => {
  const suite = resultsSuite(files);
  let holder: Client;

  before(async () => {
    const { postgres, database } = suite.demo;
    holder = await postgres.connect(database.database);
  });
  after(() => holder.end());

  /** Runs the statement on the server, and waits until its first rows are shown and it waits for the lock. */
  async function runToGate(): Promise<void> {
    await holder.query("SELECT pg_advisory_lock($1)", [gate]);
    await suite.workbench.openFile("arrives.sql");
    await suite.workbench.editor.clickLens("Run on source_memories");
    // A lock is taken by a function that could write.
    await suite.workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Run It" })
      .click();
    await suite.panel().waitForText(/row 3[^]*64 rows\s+so far/, 60_000);
    await until("the statement to wait", async () => (await waiting()) === 1);
  }

  /** Sessions of ours that wait for the lock. */
  async function waiting(): Promise<number> {
    const { rows } = await holder.query<{ count: number }>(
      "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
    );
    return rows[0]?.count ?? 0;
  }

  /** Lets the statement go on, and waits until the server has sent all of it. */
  async function openGate(): Promise<void> {
    await holder.query("SELECT pg_advisory_unlock($1)", [gate]);
    await until("the server to be idle", async () => {
      const { rows } = await holder.query(
        "SELECT FROM pg_stat_activity WHERE application_name ILIKE 'viaduct%' AND state <> 'idle'",
      );
      return rows.length === 0;
    });
  }

  /** A fact of the line below the rows is in sight, however narrow the page is. */
  async function isSeen(fact: string): Promise<void> {
    const frame = await suite.panel().frame();
    await until(`“${fact}” to be seen`, () =>
      frame.evaluate<boolean>(`[...document.querySelectorAll(".fact")].some((each) => {
        const { left, right, top, bottom } = each.getBoundingClientRect();
        const at = (x) => document.elementFromPoint(x, (top + bottom) / 2)?.closest(".fact") === each;
        return each.textContent === ${JSON.stringify(fact)} && at(left + 1) && at(right - 1);
      })`),
    );
  }

  /** All rows are there, said to be so, and right: the first, those at the gate, and the last. */
  async function isWhole(): Promise<void> {
    await suite.panel().waitForText(/6,000 rows[^]*complete/, 60_000);
    await isSeen("complete");
    const keyboard = new Keyboard(suite.workbench);
    await keyboard.toRows(suite.panel());
    const frame = await suite.panel().frame();
    for (const [row, keys] of [
      [count, ["Control+End"]],
      [1, ["Control+Home"]],
      [gate, ["Control+g", "4", "0", "0", "0", "Enter"]],
    ] as const) {
      await keyboard.press(...keys);
      // The header is a row, too.
      const shown = frame.locator(`[role="row"][aria-rowindex="${row + 1}"]`);
      await until(`row ${row}`, async () =>
        (await shown.innerText()).endsWith(`row ${row}`),
      );
    }
  }

  /** Moves the view of results by VS Code's own command. */
  async function moveTo(place: string): Promise<void> {
    const keyboard = new Keyboard(suite.workbench);
    await keyboard.command("View: Move View");
    await keyboard.choose(/Select a View/, "Viaduct Results");
    await keyboard.choose(/Select a Destination/, place);
  }

  it("hidden, and shown again: it has all of them", async () => {
    await runToGate();
    await suite.workbench.openPanelView("Problems");
    await openGate();
    await suite.workbench.openPanelView("Viaduct Results");
    await isWhole();
  });

  for (const [place, part] of [
    ["New Side Bar Entry", ".part.sidebar"],
    ["New Secondary Side Bar Entry", ".part.auxiliarybar"],
  ] as const) {
    it(`moved: ${place}, it has all of them there, and where it was before`, async () => {
      await runToGate();
      await moveTo(place);
      await suite.workbench.page
        .locator(part)
        .getByText("Viaduct Results")
        .first()
        .waitFor();
      await suite.panel().waitForText(/row 3/);
      await openGate();
      await isWhole();
      await suite.workbench.runCommand("View: Reset View Locations");
      await suite.workbench.openPanelView("Viaduct Results");
      await isWhole();
    });
  }

  it("hidden while the server ends the session: it says that they are not all", async () => {
    await runToGate();
    await suite.workbench.openPanelView("Problems");
    await holder.query(
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
    );
    await openGate();
    await suite.workbench.openPanelView("Viaduct Results");
    const text = await suite.panel().waitForText(/incomplete/i, 60_000);
    assert.doesNotMatch(text, /6,000 rows/);
  });
});
