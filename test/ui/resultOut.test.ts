import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { Keyboard } from "./support/keyboard";
import { resultsSuite } from "./support/resultsSuite";

const files = {
  "out.sql": `SELECT * FROM (VALUES (1, 'a|b', 1.50, DATE '2026-01-02'), (2, NULL, -0.25, NULL), (3, 'c', 2.00, NULL)) t(n, "te xt", price, "at");\n`,
  "shown.sql":
    "SELECT i AS id, i % 3 AS third, 'row ' || i AS name FROM range(1000) t(i);\n",
  "made.sql": "SELECT count(*), sum(id), max(name) FROM made_here;\n",
  "paste.txt": "\n",
};

/** The first two rows of `out.sql`, in each form as it is pasted into an editor. */
const forms = [
  ["TSV", "n\tte xt\tprice\tat\n1\ta|b\t1.50\t2026-01-02\n2\t\t-0.25\t"],
  ["CSV", "n,te xt,price,at\n1,a|b,1.50,2026-01-02\n2,,-0.25,"],
  [
    "JSON",
    `[\n  {"n": 1, "te xt": "a|b", "price": 1.50, "at": "2026-01-02"},\n  {"n": 2, "te xt": null, "price": -0.25, "at": null}\n]`,
  ],
  [
    "Markdown",
    "| n | te xt | price | at |\n| --: | --- | --: | --- |\n| 1 | a\\|b | 1.50 | 2026-01-02 |\n| 2 | NULL | -0.25 | NULL |",
  ],
  [
    "SQL INSERT",
    `INSERT INTO "out" (n, "te xt", price, "at") VALUES\n  (1, 'a|b', 1.50, DATE '2026-01-02'),\n  (2, NULL, -0.25, NULL);\n`,
  ],
  ["SQL IN (…)", "((1, 'a|b', 1.50, DATE '2026-01-02'))"],
] as const;

/** Rows of `shown.sql` that pass `id < 100 AND id % 2 = 0`, sorted by `id` descending, without the second column. */
const shownRows = Array.from({ length: 50 }, (_, at) => 98 - 2 * at);

describe("rows that leave the results, by keyboard", () => {
  const suite = resultsSuite(files);
  const keyboard = () => new Keyboard(suite.workbench);
  const inWorkspace = (name: string) => path.join(suite.demo.workspace, name);

  async function onServer<T>(sql: string): Promise<readonly T[]> {
    const client = await suite.demo.postgres.connect(
      suite.demo.database.database,
    );
    try {
      return (await client.query({ text: sql, rowMode: "array" })).rows as T[];
    } finally {
      await client.end();
    }
  }

  before(() => onServer("GRANT CREATE ON SCHEMA public TO memory_writer"));
  after(async () => {
    await onServer("DROP TABLE IF EXISTS made_there");
    await onServer("REVOKE CREATE ON SCHEMA public FROM memory_writer");
  });

  /** Pastes over all of the file that is edited, saves it, and waits until the file is this. */
  async function pasted(expected: string): Promise<void> {
    const { page } = suite.workbench;
    const last = { text: "" };
    await until(`${expected} on the clipboard`, async () => {
      last.text = await page.evaluate<string>("navigator.clipboard.readText()");
      return last.text.replaceAll("\r\n", "\n") === expected;
    }).catch((error: unknown) => {
      throw new Error(`it has ${last.text}`, { cause: error });
    });
    await keyboard().toEditor();
    await keyboard().press("Control+A", "Control+V", "Control+S");
    await until(
      "the file",
      async () =>
        (await readFile(inWorkspace("paste.txt"), "utf8")) === expected,
    );
  }

  it("a selection is copied by its keys, and in each form from the palette, and pasted as it is", async () => {
    await suite.run("out.sql");
    await suite.workbench.openFile("paste.txt");
    await keyboard().toRows(suite.panel());
    await keyboard().press("Control+Home", "Shift+ArrowDown", "Shift+End");
    await keyboard().press("Control+C");
    await pasted(forms[0][1].slice(forms[0][1].indexOf("\n") + 1));
    for (const [form, expected] of forms) {
      await keyboard().command("Viaduct: Copy Result As…");
      await keyboard().choose(/Which rows/, "The selection");
      await keyboard().choose(/Copy as/, form);
      await pasted(expected);
    }
  });

  it("rows as they are shown are exported in their order, without what is filtered and hidden, and the message counts them", async () => {
    await suite.run("shown.sql");
    await keyboard().toRows(suite.panel());
    await keyboard().press("Control+Home");
    await keyboard().command(
      "Viaduct: Results: Sort by the Column, Descending",
    );
    await suite.panel().waitForText(/Sorted by id ↓/);
    await keyboard().command("Viaduct: Results: Filter by a Condition in SQL…");
    const frame = await suite.panel().frame();
    await until("the box of the condition", () =>
      frame.evaluate<boolean>(
        "document.activeElement.matches('input, textarea')",
      ),
    );
    await suite.workbench.page.keyboard.type("id < 100 AND id % 2 = 0");
    await keyboard().press("Enter");
    await suite.panel().waitForText(/50 of 1,000 rows pass/);
    await keyboard().toRows(suite.panel());
    await keyboard().press("Control+Home", "ArrowRight");
    await keyboard().command("Viaduct: Results: Hide the Column");
    await suite.panel().waitForText(/1 column hidden/);

    await keyboard().command("Viaduct: Export Result…");
    await keyboard().choose(/Which rows/, "The rows as they are shown");
    await keyboard().choose(/50 rows to which format/, "CSV");
    const { quickInput, notifications } = suite.workbench;
    // The file that is proposed: the dialog writes its name over what is typed while it looks the folder up.
    await quickInput.waitForPrompt(/Export to CSV/);
    await quickInput.accept();
    await notifications.waitFor("Exported 50 rows to shown.csv.");
    await notifications.clear();
    const lines = shownRows.map((id) => `${id},row ${id}\n`);
    assert.equal(
      await readFile(inWorkspace("shown.csv"), "utf8"),
      `id,name\n${lines.join("")}`,
    );
    await rm(inWorkspace("shown.csv"));
  });

  /** Saves the rows as they are shown as a table. */
  async function save(catalog: string, schema: string, table: string) {
    const { quickInput } = suite.workbench;
    await keyboard().command("Viaduct: Save Result as Table…");
    await keyboard().choose(/Which rows/, "The rows as they are shown");
    await keyboard().choose(/which database/, catalog);
    if (schema !== "main") await keyboard().choose(/which schema/, schema);
    await quickInput.waitForPrompt(/Name of the table/);
    await quickInput.type(table);
    await quickInput.accept(15_000);
  }

  it("rows as they are shown become a table of DuckDB's", async () => {
    await save("memory", "main", "made_here");
    await suite.workbench.statusBarEntry(
      "Saved 50 rows to memory.main.made_here.",
    );
    await suite.run("made.sql", { until: /50\s*2450\s*row 98[^]*complete/ });
  });

  it("rows as they are shown become a table of an attached server's, once that is confirmed", async () => {
    await suite.showTab(/^shown/);
    await suite.panel().waitForText(/50 of 1,000 rows pass/);
    await keyboard().toRows(suite.panel());
    await save("source_memories", "public", "made_there");
    const dialog = suite.workbench.page.locator(".monaco-dialog-box");
    await dialog.getByText("source_memories").first().waitFor();
    await keyboard().pressButton("Run It");
    await suite.workbench.statusBarEntry(
      "Saved 50 rows to source_memories.public.made_there.",
    );
    assert.deepEqual(
      await onServer("SELECT id::int, name FROM made_there ORDER BY id DESC"),
      shownRows.map((id) => [id, `row ${id}`]),
    );
  });
});
