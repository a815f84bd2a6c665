import assert from "node:assert/strict";
import { keepPicture } from "../support/pictures";
import { partStates } from "./support/parts";
import { usePartsSuite } from "./support/partsSuite";

describe("what stands around the rows: without the theme's colours", () => {
  const { fresh } = usePartsSuite();

  /** What tells one thing from another where the system draws everything in its own few colours, by their styles. */
  const apart: Readonly<
    Record<string, readonly (readonly [string, string, string])[]>
  > = {
    selection: [
      ["backgroundColor", '.cell[aria-selected="true"]', ".body-clip"],
      ["color", '.cell[aria-selected="true"]', ".gutter-cell"],
      [
        "borderBottomColor",
        '.tab[aria-selected="true"]',
        '.tab[aria-selected="false"]',
      ],
    ],
    "find-matches": [
      ["textDecorationLine", ".cell.match", ".cell:not(.match)"],
      ["backgroundColor", ".cell.match.current", ".cell.match:not(.current)"],
    ],
    "find-wrong": [
      [
        "backgroundColor",
        '.tool[aria-pressed="true"]',
        '.tool[aria-pressed="false"]',
      ],
    ],
    "statistics-numbers": [
      ["backgroundColor", ".statistics-fill", ".statistics-pane"],
    ],
    "column-menu": [
      ["backgroundColor", ".menu-item:focus", ".menu-item:not(:focus)"],
    ],
    "cell-difference": [
      ["textDecorationLine", ".cell-diff ins", ".cell-diff del"],
    ],
  };
  for (const [name, differences] of Object.entries(apart)) {
    it(`${name} is seen without the theme's colours`, async () => {
      const state = partStates[name];
      assert.ok(state);
      const panel = await fresh(state.of ?? 0);
      await panel.page.emulateMedia({ forcedColors: "active" });
      await state.open(panel);
      await panel.frame();
      await keepPicture(panel.page, `webview-part-${name}-forced`);
      for (const [property, one, other] of differences) {
        const styles = await panel.page.evaluate(
          ([wanted, ...selectors]) =>
            selectors.map((selector) => {
              const element = document.querySelector(selector);
              if (element === null) throw new Error(`no ${selector}`);
              return getComputedStyle(element)[wanted as "color"];
            }),
          [property, one, other] as const,
        );
        assert.notEqual(styles[0], styles[1], `${property} of ${one}`);
      }
      await panel.page.emulateMedia({ forcedColors: null });
    });
  }

  it("writes a chart's texts in the system's colour where there is no other", async () => {
    const panel = await fresh(0);
    await panel.page.emulateMedia({ forcedColors: "active" });
    await partStates["chart-bars"]?.open(panel);
    await keepPicture(panel.page, "webview-part-chart-bars-forced");
    const drawn = await panel.page.evaluate(() => {
      const canvas =
        document.querySelector<HTMLCanvasElement>(".chart-area canvas");
      const probe = document.createElement("span");
      document.body.append(probe);
      const pixels =
        canvas
          ?.getContext("2d")
          ?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      probe.style.color = "CanvasText";
      const text = (getComputedStyle(probe).color.match(/\d+/g) ?? []).join();
      const found = new Set<string>();
      for (let at = 0; at < pixels.length; at += 4) {
        if ((pixels[at + 3] ?? 0) > 250)
          found.add([...pixels.slice(at, at + 3)].join());
      }
      return found.has(text);
    });
    assert.ok(drawn);
    await panel.page.emulateMedia({ forcedColors: null });
  });
});
