import type { Page } from "playwright-core";
import { inRepository } from "../../support/paths";

/**
 * Where a picture goes: to the ones that are kept in the repository when `VIADUCT_KEEP_PICTURES` is set, otherwise to a
 * folder that git ignores, so that a test run leaves a checkout as it was.
 */
export function pictureFile(name: string): string {
  const folder =
    process.env["VIADUCT_KEEP_PICTURES"] === undefined
      ? "test/ui/screenshots/actual"
      : "test/ui/screenshots";
  return inRepository(folder, `${name}.png`);
}

/** Takes a picture of a page where pictures are kept: of so many, others would cost time that nobody looks at. */
export async function keepPicture(
  page: Page,
  name: string,
  fullPage = false,
): Promise<void> {
  if (process.env["VIADUCT_KEEP_PICTURES"] !== undefined) {
    await page.screenshot({ path: pictureFile(name), fullPage });
  }
}
