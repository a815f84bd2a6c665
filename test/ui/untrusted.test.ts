import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { commandIds } from "../../src/extension/commands/commandTable";
import {
  writeCanarySources,
  type CanarySources,
} from "../support/canarySources";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { otherProgram } from "../support/otherProgram";
import { seenProcesses } from "../support/processes";
import { CommandProbe } from "./support/commandProbe";
import { writeCanaryEnv } from "./support/canaryWorkspace";
import { everyCommand } from "./support/everyCommand";
import { Workbench } from "./support/workbench";
import { type SuiteBrowser, openBrowser } from "./support/suiteBrowser";

describe("an untrusted workspace with passwords in its files", () => {
  let demo: DemoInVscode;
  let browser: SuiteBrowser;
  let workbench: Workbench;
  let listener: net.Server;
  let sources: CanarySources;
  const probe = new CommandProbe();
  /** Files that nobody has a reason to look into. */
  const untouched: string[] = [];
  let connections = 0;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({
      settings: { "workbench.colorTheme": "Dark Modern" },
      workspaceTrust: true,
      ...probe.options,
    });
    listener = net.createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) =>
      listener.listen(0, "127.0.0.1", resolve),
    );
    const { port } = listener.address() as net.AddressInfo;
    const place = { host: "127.0.0.1", port, user: "u", database: "d" };
    await mkdir(path.join(demo.workspace, "dbt"));
    sources = await writeCanarySources(
      path.join(demo.workspace, "dbt"),
      "",
      place,
    );
    const project = path.join(demo.workspace, "dbt/dbt_project.yml");
    await writeFile(project, "name: canary\nprofile: canary\n");
    untouched.push(
      await writeCanaryEnv(demo, { port }),
      project,
      ...sources.files,
    );
    await nameEverySource(demo, sources);
    for (const file of untouched) {
      // Older than the content: the next reader is noted wherever access times are kept.
      await utimes(file, new Date(0), (await stat(file)).mtime);
    }
    browser = await openBrowser();
    workbench = await Workbench.open(browser, demo.url);
  });

  after(async () => {
    await browser.close();
    listener.close();
    await demo.stop();
    await probe.dispose();
  });

  it("gets the credential warnings", async () => {
    await workbench.openFile("08-credentials.sql");
    await workbench.editor.waitForSquiggle("error");
    await workbench.openFile("profiles.yml");
    await workbench.editor.waitForSquiggle("error");
    // The one process that it gets.
    assert.equal(processesOf("dist/server.js", probe.folder) > 0, hasProc);
  });

  it("gets nothing else: no lens, no tree, no key that runs something", async () => {
    await workbench.sideBar.open("Viaduct");
    await workbench.page
      .locator(".part.sidebar .welcome-view-content")
      .getByText("Restricted Mode")
      .waitFor();
    assert.deepEqual(await workbench.sideBar.rows(), []);
    await workbench.openFile("04-hybrid.sql");
    for (const key of ["Enter", "Shift+Enter", "Alt+Enter"]) {
      await workbench.editor.press(`Control+${key}`);
    }
    assert.equal(
      await workbench.page.locator(".codelens-decoration a").count(),
      0,
    );
    assert.ok(
      (await workbench.statusBar()).every((entry) => !entry.includes("dbt")),
    );
    await workbench.screenshot("untrusted-dark");
  });

  it("has every command refused that another extension calls, with and without arguments", async () => {
    const before = snapshot(demo.workspace);
    const withArguments = everyCommand(demo.workspace);
    const answers = await probe.call(
      workbench,
      commandIds.flatMap((id) => [[id], [id, ...withArguments[id]]] as const),
    );
    assert.deepEqual(
      answers
        .filter(
          ({ result }) =>
            result?.failed?.message.includes("untrusted") !== true,
        )
        .map(({ id }) => id)
        .sort(),
      ["viaduct.openRule", "viaduct.showLog"].flatMap((id) => [id, id]).sort(),
    );
    // The page of a rule comes with the extension, and hovers link to it.
    await workbench.page.locator('.tab[aria-label*="CS101"]').waitFor();
    await workbench.notifications.waitFor(/untrusted/);
    assert.deepEqual(snapshot(demo.workspace), before);
  });

  it("has no file read for credentials, nothing connected to and no engine", async function () {
    for (const file of untouched) {
      assert.equal((await stat(file)).atimeMs, 0, `${file} was read`);
    }
    assert.equal(connections, 0);
    assert.equal(processesOf("dist/engine.js", probe.folder), 0);
    // Whoever had it open would be in the way.
    assert.equal(
      otherProgram(path.join(demo.workspace, "memory.duckdb"), "SELECT 1"),
      "",
    );
    // Proof that a reader would have been seen.
    const [file = ""] = untouched;
    await readFile(file);
    if ((await stat(file)).atimeMs === 0) {
      this.skip();
    }
  });
});

const hasProc = process.platform === "linux";

/** How many processes run a program with the variable of this test in their environment. */
function processesOf(program: string, mark: string): number {
  return seenProcesses().filter(
    (each) =>
      each.arguments.includes(program) && each.environment.includes(mark),
  ).length;
}

/** The names in a workspace, and what its settings say. */
function snapshot(folder: string): readonly string[] {
  return [
    ...readdirSync(folder, { recursive: true, encoding: "utf8" }).sort(),
    readFileSync(path.join(folder, ".vscode/settings.json"), "utf8"),
    readFileSync(path.join(folder, "sql/08-credentials.sql"), "utf8"),
  ];
}

/** Settings with an attachment of each kind, and a dbt target. */
async function nameEverySource(
  demo: DemoInVscode,
  { requests, profile }: CanarySources,
): Promise<void> {
  const { envFile, service, passfile } = requests;
  assert.ok(envFile?.source.kind === "envFile");
  assert.ok(service?.source.kind === "service");
  assert.ok(passfile?.source.kind === "connection");
  await writeFile(
    path.join(demo.workspace, ".vscode/settings.json"),
    JSON.stringify({
      "viaduct.database": "memory.duckdb",
      "viaduct.envFiles": [".env", envFile.source.file],
      "viaduct.dbt.profilesDir": path.dirname(profile),
      "viaduct.dbt.profile": "canary",
      "viaduct.attachments": [
        { alias: "source_memories", envFile: ".env" },
        { alias: "by_file", envFile: envFile.source.file },
        {
          alias: "by_service",
          service: service.source.service,
          serviceFile: service.source.file,
        },
        { alias: "by_passfile", connection: passfile.source.connection },
        {
          alias: "by_dbt",
          dbt: { profilesFile: profile, profile: "canary", target: "dev" },
        },
      ],
    }),
  );
}
