import assert from "node:assert/strict";
import { mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import type { DemoInVscode } from "../support/demo";
import { seenProcesses } from "../support/processes";
import { until } from "../support/until";
import { CommandProbe } from "./support/commandProbe";
import { demoSuite } from "./support/demoSuite";

const profiles = `shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: shop.duckdb
      extensions: [fts]
      attach:
        - path: "postgresql://u:{{ env_var('POSTGRES_PASSWORD') }}@127.0.0.1:PORT/d"
          type: postgres
          alias: by_dbt
`;

/** Two folders that nobody has trusted yet, each with sources, a dbt target and a place for extensions in its files. */
describe("an untrusted workspace of two folders", () => {
  const probe = new CommandProbe();
  /** Files that nobody has a reason to look into. */
  const untouched: string[] = [];
  const listener = net.createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  let connections = 0;

  const suite = demoSuite({
    workspaceTrust: true,
    ...probe.options,
    prepare: async (demo) => {
      await new Promise<void>((resolve) =>
        listener.listen(0, "127.0.0.1", resolve),
      );
      const { port } = listener.address() as net.AddressInfo;
      untouched.push(...(await writeFolders(demo, port)));
      for (const file of untouched) {
        // Older than the content: the next reader is noted wherever access times are kept.
        await utimes(file, new Date(0), (await stat(file)).mtime);
      }
    },
    opens: workspaceFile,
  });

  after(async () => {
    listener.close();
    await probe.dispose();
  });

  /** Engines of this window. */
  const engines = (): number =>
    seenProcesses().filter(
      (each) =>
        each.arguments.includes("dist/engine.js") &&
        each.environment.includes(probe.folder),
    ).length;

  it("says that trust is needed to the doctor, dbt, env files, extensions and every way of the wizard", async () => {
    const { workspace } = suite.demo;
    const profilesFile = path.join(workspace, "profiles.yml");
    const source = {
      kind: "envFile",
      file: path.join(workspace, ".env"),
      prefix: "POSTGRES_",
    };
    const calls = [
      ["viaduct.runDoctor"],
      ["viaduct.selectDbtTarget"],
      [
        "viaduct.selectDbtTarget",
        { file: profilesFile, profile: "shop", target: "dev" },
      ],
      ["viaduct.openProfile"],
      ["viaduct.openEnvFile"],
      ["viaduct.createSecretFromEnvFile", { name: "s", source }],
      ["viaduct.attachFromEnvFile"],
      ["viaduct.attachFromEnvFile", { alias: "a", source, readOnly: true }],
      ["viaduct.addAttachment"],
      ["viaduct.addAttachment", { way: "dbt" }],
      ["viaduct.addAttachment", { way: "libpq" }],
      ["viaduct.addAttachment", { way: "connection" }],
      ["viaduct.addAttachment", { way: "envFile" }],
      ["viaduct.installExtension", "fts"],
      ["viaduct.installExtensionFromRepository", workspace, "fts"],
      [
        "viaduct.installExtensionFromFile",
        path.join(workspace, "x.duckdb_extension"),
      ],
      ["viaduct.loadExtension", "fts"],
    ] as const;
    const answers = await probe.call(suite.workbench, calls);
    for (const { id, result } of answers) {
      assert.match(result?.failed?.message ?? "", /untrusted/, id);
    }
    const told = await suite.workbench.notifications.waitFor(/untrusted/);
    assert.match(told, /Trust the workspace first/);
  });

  it("offers none of them in the palette", async () => {
    const { workbench } = suite;
    await workbench.quickInput.open("F1");
    await workbench.quickInput.type(">Viaduct: ");
    await until("the palette", async () =>
      (await workbench.quickInput.entries()).includes("Viaduct: Show Log"),
    );
    const entries = await workbench.quickInput.entries();
    await workbench.quickInput.dismiss();
    assert.deepEqual(
      entries.filter((entry) =>
        /Doctor|dbt|Env|Attach|Extension|Secret|Run/.test(entry),
      ),
      [],
    );
  });

  it("had nothing read, nothing connected to and nothing run by it", async function () {
    for (const file of untouched) {
      assert.equal((await stat(file)).atimeMs, 0, `${file} was read`);
    }
    assert.equal(connections, 0);
    assert.equal(engines(), 0);
    await suite.workbench.sideBar.open("Viaduct");
    assert.deepEqual(await suite.workbench.sideBar.rows(), []);
    const entries = await suite.workbench.statusBar();
    assert.ok(
      entries.every((entry) => !entry.includes("dbt")),
      entries.join(),
    );
    // Proof that a reader would have been seen.
    const [file = ""] = untouched;
    await readFile(file);
    if ((await stat(file)).atimeMs === 0) {
      this.skip();
    }
  });

  it("has all of it as soon as it is trusted", async () => {
    const { workbench } = suite;
    await workbench.notifications.clear();
    await workbench.sideBar.welcomeButton("Manage Workspace Trust").click();
    await workbench.page
      .locator(".workspace-trust-editor")
      .getByRole("button", { name: "Trust", exact: true })
      .click();
    await workbench.sideBar.open("Viaduct");
    await until(
      "the attachments",
      async () => {
        const rows = await workbench.sideBar.rows();
        return (
          rows.includes("memories read-only") &&
          rows.includes("elsewhere not reachable")
        );
      },
      60_000,
    );
    assert.ok(connections > 0, "the other folder's server was asked");
    assert.ok(engines() > 0 || process.platform !== "linux");
    await workbench.runCommand("Viaduct: Run Doctor");
    await workbench
      .webview(".groups")
      .waitForText(/Server reachable[^]*Locks/, 60_000);
  });
});

function workspaceFile({ workspace }: DemoInVscode): string {
  return path.join(path.dirname(workspace), "two.code-workspace");
}

/** Writes both folders and the workspace file; answers the files with connection values in them. */
async function writeFolders(
  demo: DemoInVscode,
  port: number,
): Promise<readonly string[]> {
  const first = demo.workspace;
  const second = path.join(path.dirname(first), "second");
  await mkdir(path.join(second, ".vscode"), { recursive: true });
  const settings = (folder: string): string =>
    path.join(folder, ".vscode/settings.json");
  await writeFile(
    settings(first),
    JSON.stringify({
      "viaduct.attachments": [{ alias: "memories", envFile: ".env" }],
    }),
  );
  await writeFile(
    settings(second),
    JSON.stringify({
      "viaduct.envFiles": [".env"],
      "viaduct.attachments": [{ alias: "elsewhere", envFile: ".env" }],
    }),
  );
  const env = await readFile(path.join(first, ".env"), "utf8");
  await writeFile(
    path.join(second, ".env"),
    env.replace(/^POSTGRES_PORT=.*$/m, `POSTGRES_PORT=${String(port)}`),
  );
  await writeFile(
    path.join(first, "profiles.yml"),
    profiles.replace("PORT", String(port)),
  );
  await writeFile(
    path.join(first, "dbt_project.yml"),
    "name: shop\nprofile: shop\n",
  );
  await writeFile(path.join(first, "x.duckdb_extension"), "not one\n");
  await writeFile(
    workspaceFile(demo),
    JSON.stringify({
      folders: [{ path: "workspace" }, { path: "second" }],
      settings: {
        "viaduct.dbt.profile": "shop",
        "viaduct.dbt.target": "dev",
        "viaduct.extensions.repository": "${workspaceFolder}/repository",
      },
    }),
  );
  return [
    path.join(first, ".env"),
    path.join(second, ".env"),
    path.join(first, "profiles.yml"),
    path.join(first, "dbt_project.yml"),
    path.join(first, "x.duckdb_extension"),
  ];
}
