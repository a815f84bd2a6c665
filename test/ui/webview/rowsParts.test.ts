import assert from "node:assert/strict";
import { until } from "../../support/until";
import { act, looksRight, useEngineSuite } from "./support/engineSuite";

const rows = `SELECT i AS id, 'name ' || (i % 7) AS name, (i % 100)::DOUBLE / 4 AS price,
  DATE '2026-01-01' + (i % 30)::INTEGER AS day FROM range(50000) t(i)`;
const long = "x".repeat(300_000);
const json = `{"id": 9007199254740993, "tags": ["a", "b"], "nested": {"deep": {"deeper": 1}}}`;
const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";

describe("what stands around the rows: on a real engine", () => {
  const { open } = useEngineSuite();

  it("filters a column by its values, says so, and takes the filter away again", async () => {
    const panel = await open(rows);
    await panel.page.locator(".cell", { hasText: "name 3" }).first().click();
    await act(panel, "filterColumn");
    const box = panel.page.getByRole("dialog", { name: "Filter name" });
    await box.getByText("7 different values").waitFor();
    await box.locator("label", { hasText: "name 3" }).click();
    await looksRight(panel, "filter");
    await box.getByRole("button", { name: "Show Only These" }).click();
    await panel.page.getByText("name is name 3").first().waitFor();
    await panel.page.getByText("7,143 of 50,000 rows pass").waitFor();
    await panel.settled();
    const names = (await panel.visibleCells()).filter(
      ({ column }) => column === 1,
    );
    assert.deepEqual([...new Set(names.map(({ text }) => text))], ["name 3"]);
    await panel.page.getByRole("button", { name: /Remove the filter/ }).click();
    await until("all rows", async () =>
      (await panel.visibleCells()).some(({ text }) => text === "name 0"),
    );
    assert.equal(await panel.page.locator(".filter-chip").count(), 0);
  });

  it("shows values to filter by also in a panel as low as VS Code opens it", async () => {
    const panel = await open(rows);
    await panel.page.setViewportSize({ width: 1020, height: 270 });
    await panel.page.locator(".cell", { hasText: "name 3" }).first().click();
    await act(panel, "filterColumn");
    const box = panel.page.getByRole("dialog", { name: "Filter name" });
    await box.getByText("7 different values").waitFor();
    await looksRight(panel, "filter-low");
    const list = await box.locator(".value-items").boundingBox();
    const value = await box.locator(".value-item").nth(1).boundingBox();
    assert.ok(list && value);
    assert.ok(value.y + value.height <= list.y + list.height);
  });

  it("filters by a condition in SQL, and keeps the rows when there is none in it", async () => {
    const panel = await open(rows);
    await act(panel, "filterByCondition");
    await panel.page.keyboard.type("id >= 49990 AND name <> 'name 1'");
    await panel.page.keyboard.press("Enter");
    await panel.page.getByText("of 50,000 rows pass").waitFor();
    await panel.settled();
    for (const { column, text } of await panel.visibleCells()) {
      if (column === 0) assert.ok(Number(text) >= 49_990);
      if (column === 1) assert.notEqual(text, "name 1");
    }
    await act(panel, "filterByCondition");
    await panel.page.keyboard.type("nosuch = 1");
    await panel.page.keyboard.press("Enter");
    await panel.page.getByText(/The rows are as they were: .*nosuch/).waitFor();
  });

  it("has a column's statistics over all rows", async () => {
    const panel = await open(rows);
    await panel.page
      .locator(".cell", { hasText: /^0\.25$/ })
      .first()
      .click();
    await act(panel, "columnStatistics");
    const pane = panel.page.getByLabel("Column statistics");
    await pane.getByText("Over 50,000 rows").waitFor();
    const text = await pane.innerText();
    assert.match(text, /Different values\s+100/);
    assert.match(text, /Greatest\s+24\.75/);
    assert.match(text, /Median\s+12\.25/);
    assert.match(text, /Distribution/);
    await looksRight(panel, "statistics");
    await panel.page.keyboard.press("Escape");
    assert.equal(await pane.count(), 0);
  });

  it("shows a cell whole: JSON as a tree with its own digits, long texts, and what differs between two", async () => {
    const panel = await open(
      `SELECT '${json}' AS j, repeat('x', ${long.length}) AS l UNION ALL SELECT replace('${json}', '"a"', '"c"'), 'y'`,
    );
    await panel.page.locator(".cell").first().dblclick();
    const pane = panel.page.getByLabel("Cell", { exact: true });
    await pane.getByText("9007199254740993").waitFor();
    await pane.locator("summary").nth(1).click();
    await looksRight(panel, "cell");
    await pane.getByRole("button", { name: "Compare…" }).click();
    await panel.page.locator(".scroller").focus();
    await panel.page.keyboard.press("ArrowDown");
    await pane.locator("ins", { hasText: "c" }).waitFor();
    assert.equal(await pane.locator("del").innerText(), "a");
    await pane.getByRole("button", { name: "Stop Comparing" }).click();
    await panel.page.locator(".scroller").focus();
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("ArrowRight");
    await pane.getByText("300,000 characters").waitFor();
    assert.equal((await pane.locator("pre").innerText()).length, long.length);
  });

  it("shows bytes as a dump, and a picture as a picture", async () => {
    const panel = await open(
      `SELECT from_base64('${png}') AS b UNION ALL SELECT '\\x00\\xFFabc'::BLOB`,
    );
    await panel.page.locator(".cell").first().dblclick();
    const pane = panel.page.getByLabel("Cell", { exact: true });
    await pane.getByRole("img", { name: "image/png, 2 × 2 pixels" }).waitFor();
    assert.match(
      await pane.locator("pre").innerText(),
      /^00000000 {2}89 50 4e/,
    );
    await panel.page.locator(".scroller").focus();
    await panel.page.keyboard.press("ArrowDown");
    await pane.getByText("5 bytes").waitFor();
    assert.match(
      await pane.locator("pre").innerText(),
      /00 ff 61 62 63 .*\.\.abc/,
    );
    assert.equal(await pane.getByRole("img").count(), 0);
  });

  it("does with columns and rows what a command asks for, at the column where the keyboard is", async () => {
    const panel = await open(rows);
    await panel.page.locator(".cell", { hasText: "name 1" }).first().click();
    await act(panel, "sortDescending");
    await panel.page.getByText("Sorted by name ↓.").waitFor();
    await panel.settled();
    assert.equal((await panel.visibleCells())[1]?.text, "name 6");
    await act(panel, "hideColumn");
    await panel.page.getByText("1 column hidden.").waitFor();
    await act(panel, "showAllColumns");
    await act(panel, "clearSort");
    await until("the rows as they came", async () =>
      (await panel.visibleCells()).some(({ text }) => text === "name 0"),
    );
    await act(panel, "jumpToRow");
    await panel.page.keyboard.type("25,001");
    await panel.page.keyboard.press("Enter");
    await panel.settled();
    const first = (await panel.visibleCells()).find(
      ({ row, column }) => row === 25_000 && column === 0,
    );
    assert.equal(first?.text, "25000");
    await act(panel, "columnMenu");
    await panel.page.getByRole("menuitem", { name: "Statistics" }).waitFor();
    await panel.page.keyboard.press("Escape");
  });

  it("draws a chart, aggregated in the engine, changes it by keyboard, and gives the picture to the host", async () => {
    const panel = await open(rows);
    await act(panel, "chart");
    const pane = panel.page.getByRole("region", { name: "Chart" });
    await pane.locator("canvas").waitFor();
    const label = () => pane.getByRole("img").getAttribute("aria-label");
    assert.match((await label()) ?? "", /^line chart of .* by day: \d+ points/);
    await looksRight(panel, "chart");
    await pane.getByLabel("Chart", { exact: true }).selectOption("bar");
    await pane
      .getByLabel("X axis", { exact: true })
      .selectOption({ label: "name" });
    await pane.getByLabel("Aggregate", { exact: true }).selectOption("count");
    await pane
      .getByLabel("Series", { exact: true })
      .selectOption({ label: "None" });
    await until("the bars", async () =>
      /^bar chart of rows by name: 7 points/.test((await label()) ?? ""),
    );
    await pane.getByRole("button", { name: "Save as PNG" }).click();
    await pane.getByRole("button", { name: "Save as SVG" }).click();
    const saved = (await panel.posted("savePicture")) as {
      format: string;
      content: string;
    }[];
    assert.deepEqual(
      saved.map(({ format }) => format),
      ["png", "svg"],
    );
    assert.match(saved[0]?.content ?? "", /^iVBORw0KGgo/);
    assert.match(saved[1]?.content ?? "", /^<svg [\s\S]*name 3[\s\S]*<\/svg>$/);
    await pane.getByRole("button", { name: "Show Rows" }).click();
    await panel.settled();
    assert.ok((await panel.visibleCells()).length > 0);
  });
});
