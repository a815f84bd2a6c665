import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { type DemoInVscode, startDemoInVscode } from "../support/demo";
import { namesInZip } from "../support/setup/unzip.mjs";
import { packageExtension } from "../support/package/packageExtension";
import { launchBrowser } from "../support/vscode/browser";
import { Workbench } from "./support/workbench";

/** All that may be in the package, in the form that vsce gives names. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/\w+\.js$/,
  /^extension\/dist\/webview\/\w+\.(js|css|ttf)$/,
  /^extension\/dist\/extensions\/v[\d.]+\/\w+\/(postgres_scanner|fts)\.duckdb_extension$/,
  /^extension\/media\/\w+\.(png|svg)$/,
  /^extension\/syntaxes\/[\w.]+\.json$/,
  /^extension\/(l10n|docs\/rules)\/[\w.-]+$/,
  /^extension\/node_modules\/@duckdb\/node-(api|bindings(-\w+-\w+)?)\/[\w.]+$/,
  /^extension\/node_modules\/detect-libc\/(lib\/)?[\w.-]+$/,
];

/** What it cannot do without. */
const needed = [
  "extension/dist/extension.js",
  "extension/dist/engine.js",
  "extension/dist/server.js",
  "extension/dist/cli.js",
  "extension/dist/webview/results.js",
  "extension/media/icon.png",
  "extension/LICENSE.txt",
  "extension/node_modules/@duckdb/node-bindings/LICENSE",
  `extension/node_modules/@duckdb/node-bindings-${process.platform}-${process.arch}/duckdb.node`,
];

describe("the package", () => {
  let folder: string;
  let vsix: string;
  let demo: DemoInVscode;
  let browser: Browser;

  before(async function () {
    this.timeout(180_000);
    folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-vsix-"));
    vsix = await packageExtension(folder);
    demo = await startDemoInVscode({ vsix });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await demo.stop();
    await rm(folder, { recursive: true });
  });

  it("has all that is needed, and nothing else", async () => {
    const names = namesInZip(await readFile(vsix));
    const strays = names.filter(
      (name) => !allowed.some((pattern) => pattern.test(name)),
    );
    assert.deepEqual(strays, []);
    for (const name of needed) assert.ok(names.includes(name), name);
    for (const extension of ["postgres_scanner", "fts"]) {
      const ending = `/${extension}.duckdb_extension`;
      assert.ok(
        names.some((name) => name.endsWith(ending)),
        `${extension} is missing`,
      );
    }
  });

  it("is of a size that one can download", async () => {
    const { size } = await stat(vsix);
    assert.ok(size > 20e6, `${size} bytes: the native module is missing`);
    assert.ok(size < 70e6, `${size} bytes`);
  });

  it("is installed, and is not the folder under development", () => {
    const installed = readdirSync(demo.vscode.extensions, {
      withFileTypes: true,
    }).filter((entry) => entry.isDirectory());
    assert.equal(installed.length, 1);
    assert.match(installed[0]?.name ?? "", /^viaduct\.viaduct-\d/);
  });

  it("shows its view in a VS Code that has never seen it", async () => {
    const workbench = await Workbench.open(browser, demo.url);
    await workbench.sideBar.open("Viaduct");
    await workbench.sideBar.welcomeButton(/Attach from env file/i).waitFor();
    await workbench.close();
  });
});
