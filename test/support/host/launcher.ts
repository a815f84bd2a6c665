// Stands in for a desktop VS Code: takes the arguments that @vscode/test-electron gives one, runs the same extension
// host behind the web workbench, and exits with 0 when the tests passed.
import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { readLog } from "../run/log";
import { count } from "../run/results";
import { until } from "../until";
import { launchBrowser } from "../vscode/browser";
import { ServedVscode } from "../vscode/servedVscode";

const LONGEST_MS = 15 * 60_000;
const marker = "[viaduct host test] ";

async function main(): Promise<number> {
  const folder = process.argv.slice(2).find((arg) => !arg.startsWith("-"));
  const results = process.env["VIADUCT_TEST_RESULTS"];
  if (folder === undefined || results === undefined)
    throw new Error("needs a folder and VIADUCT_TEST_RESULTS");
  const vscode = await ServedVscode.start({
    extension: option("extensionDevelopmentPath"),
    testDriver: true,
  });
  try {
    return await runIn(
      vscode,
      vscode.url(folder, option("extensionTestsPath")),
      results,
    );
  } finally {
    await vscode.stop();
  }
}

async function runIn(
  vscode: ServedVscode,
  url: string,
  results: string,
): Promise<number> {
  const browser = await launchBrowser();
  const lines: string[] = [];
  try {
    const page = await browser.newPage();
    watch(page, lines);
    await page.goto(url);
    await until(
      "the host tests to end",
      () => existsSync(results) || page.isClosed(),
      LONGEST_MS,
    );
    if (!existsSync(results)) throw new Error("the page has gone");
    const { tests } = readLog(results);
    return count(tests, "failed") > 0 || tests.length === 0 ? 1 : 0;
  } catch (error) {
    console.error(`The server's log:\n${vscode.log.slice(-4000)}`);
    console.error(`The page's console:\n${lines.slice(-60).join("\n")}`);
    throw error;
  } finally {
    await browser.close();
  }
}

function watch(page: Page, lines: string[]): void {
  page.on("console", (message) => {
    const text = message.text();
    lines.push(text.slice(0, 400));
    const start = text.indexOf(marker);
    if (start >= 0)
      console.log(
        `    ${text.slice(start + marker.length).replace(/ color: .*$/, "")}`,
      );
  });
}

function option(name: string): string {
  const prefix = `--${name}=`;
  const argument = process.argv.find((arg) => arg.startsWith(prefix));
  if (argument === undefined) throw new Error(`${prefix} is missing`);
  return argument.slice(prefix.length);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
