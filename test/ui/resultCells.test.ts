import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { until } from "../support/until";
import { Keyboard } from "./support/keyboard";
import { pngFacts, svgFacts } from "./support/pictureFacts";
import { resultsSuite } from "./support/resultsSuite";

/** 2 × 2 pixels: red, green, blue and yellow. */
const picture =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR42mP4z8DAAMIM////ZwAAHu8E/HMcU8wAAAAASUVORK5CYII=";

const files = {
  "cells.sql": `SELECT * FROM (VALUES
  ('{"a": 1, "b": [1, 2]}', from_base64('${picture}'), 'POINT (1 2)'::GEOMETRY),
  ('{"a": 2, "b": [1, 2]}', NULL, 'LINESTRING (0 0, 3 4)'::GEOMETRY)
) t(doc, pic, place);\n`,
  "chart.sql": `SELECT * FROM (VALUES ('alpha <b>', 3), ('beta & co', 5), ('gamma "x"', 2)) t(kind, n);\n`,
};

describe("cells and charts in the workbench, by keyboard", () => {
  const suite = resultsSuite(files);
  const keyboard = () => new Keyboard(suite.workbench);

  /** What the viewer of a cell says, once it says this. */
  async function cell(says: RegExp): Promise<string> {
    const pane = (await suite.panel().frame()).getByLabel("Cell", {
      exact: true,
    });
    return until(`a cell that says ${String(says)}`, async () => {
      const text = await pane.innerText();
      return says.test(text) && text;
    });
  }

  it("two cells are compared, bytes are shown as a picture, and a geometry as its text", async () => {
    await suite.run("cells.sql");
    const frame = await suite.panel().frame();
    const pane = frame.getByLabel("Cell", { exact: true });
    await keyboard().toRows(suite.panel());
    await keyboard().press("Control+Home", "Enter");
    await cell(/doc, row 1/);
    await keyboard().tabTo(suite.panel(), "Compare…", "Shift+Tab");
    await keyboard().press("Enter");
    await cell(/Compared with doc, row 1:\s+The two are equal/);
    await keyboard().toRows(suite.panel());
    await keyboard().press("ArrowDown");
    await cell(/doc, row 2[^]*Compared with doc, row 1/);
    assert.equal(await pane.locator("del").innerText(), "1");
    assert.equal(await pane.locator("ins").innerText(), "2");
    await suite.workbench.screenshot("cell-diff-dark");
    await keyboard().tabTo(suite.panel(), "Stop Comparing", "Shift+Tab");
    await keyboard().press("Enter");
    await keyboard().toRows(suite.panel());
    await keyboard().press("Control+Home", "ArrowRight");
    await cell(/pic, row 1[^]*image\/png, 2 × 2 pixels/);
    const drawn = await frame.evaluate<number>(`(() => {
      const canvas = document.querySelector(".cell-pane canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, 2, 2);
      return new Set(new Uint32Array(data.buffer)).size;
    })()`);
    assert.equal(drawn, 4);
    await keyboard().press("ArrowRight");
    await cell(/place, row 1[^]*POINT \(1 2\)/);
    await keyboard().press("ArrowDown");
    await cell(/place, row 2[^]*LINESTRING \(0 0, 3 4\)/);
  });

  describe("a chart that is saved", () => {
    let blank: Page;
    before(async () => {
      // Nothing of the workbench's policies holds there.
      blank = await suite.workbench.page.context().newPage();
      await suite.workbench.page.bringToFront();
    });
    after(async () => {
      await blank.close();
      await suite.workbench.useTheme("Dark Modern");
    });

    /** Saves the chart that is shown, and answers the file. */
    async function saved(name: string): Promise<string> {
      const label = `Save as ${path.extname(name).slice(1).toUpperCase()}`;
      await keyboard().command("Viaduct: Results: Chart");
      await keyboard().tabTo(suite.panel(), label);
      await keyboard().press("Enter");
      const { quickInput, notifications } = suite.workbench;
      await quickInput.waitForPrompt(/Save Chart/);
      const file = path.join(suite.demo.workspace, name);
      await quickInput.type(file);
      await quickInput.accept();
      await notifications.waitFor(`The chart was saved as ${name}.`);
      await notifications.clear();
      return file;
    }

    for (const theme of ["Dark Modern", "Light Modern"] as const) {
      it(`is a PNG and an SVG that can be opened, in ${theme}`, async () => {
        await suite.workbench.useTheme(theme);
        await suite.run("chart.sql");
        await keyboard().command("Viaduct: Results: Chart");
        const frame = await suite.panel().frame();
        const area = frame.locator(".chart-area canvas").first();
        await area.waitFor();
        await frame.getByLabel(/bar chart of .* by kind: 3 points/).waitFor();
        const size = await area.boundingBox();
        assert.ok(size);
        const background = await frame.evaluate<string>(
          `getComputedStyle(document.body).getPropertyValue("--vscode-panel-background").trim()`,
        );

        const png = await pngFacts(blank, await readFile(await saved("c.png")));
        assert.deepEqual(
          [png.width, png.height],
          [Math.round(size.width * 2), Math.round(size.height * 2)],
        );
        assert.equal(png.corner, background);
        assert.ok(png.colors > 20, `only ${String(png.colors)} colours`);
        assert.ok(png.share < 0.98, "hardly anything is drawn");

        const svg = await svgFacts(
          blank,
          await readFile(await saved("c.svg"), "utf8"),
        );
        assert.deepEqual(svg.problems, []);
        for (const text of ["alpha <b>", "beta & co", `gamma "x"`]) {
          assert.ok(svg.texts.includes(text), svg.texts.join(" | "));
        }
        assert.ok(svg.fills.includes(background), svg.fills.join(" | "));
        for (const name of ["c.png", "c.svg"])
          await rm(path.join(suite.demo.workspace, name));
      });
    }
  });
});
