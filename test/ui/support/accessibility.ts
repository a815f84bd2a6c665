import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

interface Axe {
  run(options: unknown): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly {
        readonly html: string;
        readonly failureSummary?: string;
      }[];
    }[];
  }>;
}

/** Rules whose answer is another one in another theme; the others judge what all themes have in common. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** What axe-core finds in a page: by all of its rules, or by those about colours. */
export async function accessibilityViolations(
  page: Page,
  rules: "all" | "colours" = "all",
): Promise<readonly unknown[]> {
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (options) => (window as unknown as { axe: Axe }).axe.run(options),
    {
      preload: false,
      resultTypes: ["violations"],
      ...(rules === "all" ? {} : { runOnly: colourRules }),
    },
  );
  return violations.map(({ id, nodes }) => [
    id,
    ...nodes.map(
      ({ html, failureSummary = "" }) => `${html} ${failureSummary}`,
    ),
  ]);
}

/** Sends a page a message as its host does, and waits until it is drawn. */
export async function sendAndDraw(page: Page, message: unknown): Promise<void> {
  await page.evaluate(
    (sent) =>
      new Promise<void>((resolve) => {
        // After the page's own listener, which was there first.
        const drawn = (): void => {
          requestAnimationFrame(() => {
            requestAnimationFrame(() => {
              resolve();
            });
          });
        };
        window.addEventListener("message", drawn, { once: true });
        window.postMessage(sent, "*");
      }),
    message,
  );
}
