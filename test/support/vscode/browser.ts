import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../setup/chromium.mjs";

/** Keeps a browser quiet where there is no network, no display and no user namespace. */
const quietFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Starts the Chromium that the set-up found (`VIADUCT_CHROMIUM`), or the first that is there. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath =
    process.env["VIADUCT_CHROMIUM"] ?? (await foundChromium());
  return chromium.launch({ executablePath, args: quietFlags, headless: true });
}

async function foundChromium(): Promise<string> {
  const found = await findChromium();
  if (found === null)
    throw new Error("No Chromium here: npm test installs one.");
  return found;
}
