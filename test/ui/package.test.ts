import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type DemoInVscode, startDemoInVscode } from "../support/demo";
import { namesInZip } from "../support/setup/unzip.mjs";
import { packageExtension } from "../support/package/packageExtension";
import { Workbench } from "./support/workbench";
import { type SuiteBrowser, openBrowser } from "./support/suiteBrowser";

/** All that may be in the package, in the form that vsce gives names. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(\w+\.js|THIRD-PARTY-NOTICES\.txt)$/,
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
  "extension/dist/languageClient.js",
  "extension/dist/THIRD-PARTY-NOTICES.txt",
  "extension/dist/engine.js",
  "extension/dist/server.js",
  "extension/dist/cli.js",
  "extension/dist/cliEngine.js",
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
  let browser: SuiteBrowser;

  before(async function () {
    this.timeout(180_000);
    folder = await mkdtemp(path.join(os.tmpdir(), "viaduct-vsix-"));
    vsix = await packageExtension(folder);
    demo = await startDemoInVscode({ vsix });
    browser = await openBrowser();
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

  it("runs the guide's hybrid query in a VS Code that has never seen it", async () => {
    const workbench = await Workbench.open(browser, demo.url);
    try {
      await workbench.sideBar.open("Viaduct");
      await workbench.sideBar.welcomeButton("Attach from env file").click();
      await workbench.quickInput.choose("source_memories");
      await workbench.sideBar.row("source_memories", 1);
      await workbench.openFile("04-hybrid.sql");
      await workbench.editor.clickLens(/^\W*Run$/);
      const text = await workbench
        .webview("#results")
        .waitForText(/complete/, 60_000);
      assert.match(text, /[\d,.]+ rows/);
      assert.doesNotMatch(text, /incomplete/);
    } catch (error) {
      console.log(await workbench.screenshot("actual/failed-package"));
      console.log(demo.vscode.log.slice(-3000));
      throw error;
    } finally {
      await workbench.close();
    }
  }).timeout(120_000);
});
