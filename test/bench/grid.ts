import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/vscode/browser";
import { PanelPage } from "../ui/webview/support/panel";
import { syntheticRun } from "../ui/webview/support/runs";
import { hostMemory } from "./extensionHost";
import { MainThread } from "./mainThread";
import type { Measurement } from "./measurement";

const columns = 20;
/** Frames of one scroll, and pixels by which each of them moves. */
const frames = 240;
/** A fast wheel: twelve new rows in each frame. */
const fast = 300;
/** A scroll bar that is pulled: no row of one frame is in the next. */
const flying = 900;

/**
 * The built grid in Chromium on a fake source that answers within some milliseconds: frames while it is scrolled fast,
 * and how long it takes until the last rows are on the screen. Needs `node esbuild.js` first.
 */
export async function gridSpeed(): Promise<Measurement[]> {
  const browser = await launchBrowser();
  try {
    return [
      ...(await speedOf(browser, 1_000_000)),
      ...(await speedOf(browser, 10_000_000)),
      await pageMemory(browser),
      await hostMemory(),
    ];
  } finally {
    await browser.close();
  }
}

async function speedOf(
  browser: Browser,
  rowCount: number,
): Promise<Measurement[]> {
  const panel = await open(browser, rowCount);
  try {
    await panel.settled();
    const thread = await MainThread.of(panel.page);
    const name = `grid, ${rowCount / 1_000_000}M × ${columns}`;
    const bare = await scroll(panel, 0);
    const moving = [];
    for (const [pixels, how] of [
      [fast, "scrolling fast"],
      [flying, "all rows change in each"],
    ] as const) {
      const before = await thread.busyMs();
      const times = await scroll(panel, pixels);
      const busy = (await thread.busyMs()) - before;
      moving.push(
        {
          name: `${name}: frame p95 while ${how}`,
          value: at(times, 0.95),
          unit: "ms",
          goal: 17.5,
          atMost: true,
        },
        { name: "… p50", value: at(times, 0.5), unit: "ms" },
        { name: "… main thread", value: busy / frames, unit: "ms" },
        {
          name: "… rows in sight that are drawn",
          value: 100 * (await shareDrawn(panel, pixels)),
          unit: "%",
        },
      );
      await panel.settled();
      // Throws where a row is not the source's.
      await panel.assertSyntheticCells();
    }
    const jumps = [];
    for (let turn = 0; turn < 7; turn += 1) jumps.push(await jump(panel));
    return [
      { name: `${name}: frame p95 at rest`, value: at(bare, 0.95), unit: "ms" },
      ...moving,
      {
        name: `${name}: jump to the end, rows there, median`,
        value: at(jumps, 0.5),
        unit: "ms",
        goal: 100,
        atMost: true,
      },
    ];
  } finally {
    await panel.close();
  }
}

function open(browser: Browser, rowCount: number): Promise<PanelPage> {
  return PanelPage.open(browser, {
    width: 1_400,
    height: 700,
    results: { big: { synthetic: { rowCount, columns } } },
    run: syntheticRun(rowCount, columns),
  });
}

/** What the page's heap grows by while ten million rows are gone through in steps and by scrolling fast. */
async function pageMemory(browser: Browser): Promise<Measurement> {
  const panel = await open(browser, 10_000_000);
  try {
    await panel.settled();
    const thread = await MainThread.of(panel.page);
    const before = await thread.heapBytes();
    for (let step = 1; step <= 200; step += 1) {
      await panel.dragScrollBar(step / 200);
      await panel.settled();
    }
    await panel.dragScrollBar(0);
    await scroll(panel, flying);
    return {
      name: "page heap, growth by going through 10M rows",
      value: ((await thread.heapBytes()) - before) / 1e6,
      unit: "MB",
      goal: 20,
      atMost: true,
    };
  } finally {
    await panel.close();
  }
}

/** Milliseconds of each frame while the rows move by so many pixels in each. */
function scroll(panel: PanelPage, by: number): Promise<number[]> {
  return panel.page.evaluate(
    async ({ count, step }) => {
      const scroller = document.querySelector(".scroller");
      if (scroller === null) throw new Error("no grid");
      const nextFrame = () =>
        new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      let before = await nextFrame();
      for (let frame = 0; frame < count; frame += 1) {
        scroller.scrollTop += step;
        const now = await nextFrame();
        times.push(now - before);
        before = now;
      }
      return times;
    },
    { count: frames, step: by },
  );
}

/** The share of the rows in sight that have their cells, over the frames of a scroll. */
function shareDrawn(panel: PanelPage, by: number): Promise<number> {
  return panel.page.evaluate(
    async ({ count, step }) => {
      const scroller = document.querySelector(".scroller");
      if (scroller === null) throw new Error("no grid");
      let inSight = 0;
      let drawn = 0;
      for (let frame = 0; frame < count; frame += 1) {
        scroller.scrollTop += step;
        await new Promise(requestAnimationFrame);
        const rows = ".body-clip .row:not([hidden])";
        inSight += document.querySelectorAll(rows).length;
        drawn += document.querySelectorAll(`${rows}:not([aria-busy])`).length;
      }
      return drawn / inSight;
    },
    { count: frames, step: by },
  );
}

/** Milliseconds from Ctrl+End at the first row to the last row's cells on the screen. */
async function jump(panel: PanelPage): Promise<number> {
  await panel.page.focus(".scroller");
  await panel.page.keyboard.press("Control+Home");
  await panel.settled();
  return panel.page.evaluate(async () => {
    const scroller = document.querySelector(".scroller");
    if (scroller === null) throw new Error("no grid");
    const last = scroller.getAttribute("aria-rowcount");
    const began = performance.now();
    scroller.dispatchEvent(
      new KeyboardEvent("keydown", {
        key: "End",
        ctrlKey: true,
        bubbles: true,
      }),
    );
    const isThere = () =>
      document.querySelector(
        `.row[aria-rowindex="${last}"]:not([hidden]):not([aria-busy])`,
      ) !== null;
    do await new Promise(requestAnimationFrame);
    while (!isThere());
    return performance.now() - began;
  });
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}
