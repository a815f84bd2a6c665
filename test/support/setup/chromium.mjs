// A Chromium to drive the workbench with.
import { existsSync } from "node:fs";
import path from "node:path";
import { exists, outputOf, run, tail } from "./command.mjs";
import { root } from "./paths.mjs";
import { SetupError, say } from "./say.mjs";

/** On the path, in the order of how well they are known to work. */
const programs = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const macApplication =
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** Path or name of a Chromium; installs one when there is none. */
export async function chromium() {
  const found = await findChromium();
  if (found !== null) return found;
  const failures = [];
  for (const installer of [fromPlaywright, fromApt]) {
    const failure = await installer();
    const installed = failure === null ? await findChromium() : null;
    if (installed !== null) return installed;
    failures.push(failure ?? "it was installed, but is not found");
  }
  throw new SetupError(
    `No Chromium here, and none could be installed:\n${failures.map((line) => `    ${line}`).join("\n")}`,
    [
      "Install Chromium or Google Chrome (Debian: apt-get install chromium) and run the command again.",
      "Or set VIADUCT_CHROMIUM to the path of one.",
    ],
  );
}

/** Path of a Chromium that is there already, or null. */
export async function findChromium() {
  const named = process.env.VIADUCT_CHROMIUM;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new SetupError(
      `VIADUCT_CHROMIUM names ${named}, which does not exist.`,
    );
  }
  // Ubuntu's chromium-browser is a stub that only says to install a snap: asking for the version tells.
  const onPath = programs.find((program) => exists(program));
  if (onPath !== undefined) return outputOf("which", [onPath]) ?? onPath;
  if (existsSync(macApplication)) return macApplication;
  const playwright = await import("playwright-core");
  const cached = playwright.chromium.executablePath();
  return existsSync(cached) ? cached : null;
}

async function fromPlaywright() {
  say("No Chromium here. Fetching Playwright’s …");
  const cli = path.join(root, "node_modules/playwright-core/cli.js");
  const { code, output } = await run(
    process.execPath,
    [cli, "install", "chromium"],
    { seconds: 180 },
  );
  return code === 0
    ? null
    : `Playwright’s: ${tail(output, 2).replaceAll("\n", " ")}`;
}

async function fromApt() {
  if (!exists("apt-get")) return "apt: there is no apt-get on this system";
  if (process.getuid?.() !== 0)
    return "apt: only root may install packages (sudo apt-get install chromium)";
  say("Installing Debian’s Chromium (apt-get install chromium) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env, seconds: 180 });
  const { code, output } = await run(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    { env },
  );
  return code === 0 ? null : `apt: ${tail(output, 2).replaceAll("\n", " ")}`;
}
