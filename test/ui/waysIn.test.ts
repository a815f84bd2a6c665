import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

const profiles = `shop:
  target: dev
  outputs:
    dev:
      type: postgres
      host: "{{ env_var('POSTGRES_HOST') }}"
      port: "{{ env_var('POSTGRES_PORT') | int }}"
      user: "{{ env_var('POSTGRES_USER') }}"
      password: "{{ env_var('POSTGRES_PASSWORD') }}"
      dbname: "{{ env_var('POSTGRES_DATABASE') }}"
      schema: public
      threads: 1
`;

/** The demo's values by the last part of their names. */
async function valuesOf(demo: DemoInVscode): Promise<Map<string, string>> {
  const text = await readFile(path.join(demo.workspace, ".env"), "utf8");
  return new Map(
    [...text.matchAll(/^POSTGRES_(\w+)=(.*)$/gm)].map(([, name, value]) => [
      name ?? "",
      value ?? "",
    ]),
  );
}

/** Every way to a database that the wizard knows, with real files, from the welcome view and the palette. */
describe("the ways in to a database", () => {
  const outside = mkdtempSync(path.join(os.tmpdir(), "viaduct-ways-"));
  const suite = demoSuite({
    env: {
      PGSERVICEFILE: path.join(outside, "pg_service.conf"),
      PGSERVICE: "from_variables",
    },
    prepare: async (demo) => {
      const at = (name: string): string => path.join(demo.workspace, name);
      const values = await valuesOf(demo);
      const value = (name: string): string => values.get(name) ?? "";
      const service = `host=${value("HOST")}
port=${value("PORT")}
dbname=${value("DATABASE")}
user=${value("USER")}
password=${value("PASSWORD")}
`;
      await writeFile(
        path.join(outside, "pg_service.conf"),
        `# services of the test\n[memories]\n${service}\n[from_variables]\n${service}`,
      );
      await writeFile(at("profiles.yml"), profiles);
      await writeFile(
        at(".env.libpq"),
        ["HOST", "PORT", "DATABASE", "USER", "PASSWORD"]
          .map((name) => `PG${name}=${value(name)}\n`)
          .join(""),
      );
      await writeFile(at(".vscode/settings.json"), "{}\n");
    },
  });

  after(() => rm(outside, { recursive: true, force: true }));

  const welcome = () =>
    suite.workbench.page.locator(".part.sidebar .welcome-view-content");

  const welcomeLink = (text: string) =>
    welcome().locator("a", { hasText: text });

  /** Answers the rest of the wizard, and waits for the attachment. */
  async function finish(alias: string): Promise<void> {
    const { quickInput, sideBar } = suite.workbench;
    await quickInput.answer(/Name of the database/, alias);
    await quickInput.choose(/Read-only/);
    await quickInput.choose(/None/);
    await until(`${alias} in the tree`, async () =>
      (await sideBar.rows()).includes(`${alias} read-only`),
    );
    await sideBar.expand(alias, 1);
    await sideBar.expand("public", 2);
    await sideBar.row("raw_memories", 3);
    await sideBar.tooltip(
      alias,
      /biological_memory_source at localhost:\d+ as memory_writer/,
    );
    await sideBar.collapse(alias, 1);
  }

  /** The entry that was saved: a reference, and no value. */
  async function saved(alias: string): Promise<unknown> {
    const file = path.join(suite.demo.workspace, ".vscode/settings.json");
    return until(`the entry of ${alias}`, async () => {
      const text = await readFile(file, "utf8");
      const password = (await valuesOf(suite.demo)).get("PASSWORD") ?? "";
      assert.ok(password !== "" && !text.includes(password));
      const settings = JSON.parse(text) as {
        "viaduct.attachments"?: readonly { readonly alias: string }[];
      };
      return settings["viaduct.attachments"]?.find(
        (entry) => entry.alias === alias,
      );
    });
  }

  it("are all named by the welcome view", async () => {
    const { workbench } = suite;
    await workbench.sideBar.open("Viaduct");
    await welcome().getByText("dbt profile").waitFor();
    await workbench.useTheme("Light Modern");
    await workbench.screenshot("welcome-light");
    for (const way of [
      "Attach from env file",
      "dbt profile",
      "libpq service",
      "connection string",
      "Choose a DuckDB file",
    ]) {
      assert.ok((await welcome().innerText()).includes(way), way);
    }
  });

  it("begin with a link of the welcome view: a connection string is asked for at once", async () => {
    const { quickInput } = suite.workbench;
    await welcomeLink("connection string").click();
    await until("the question", async () =>
      (await quickInput.prompt()).includes("key=value pairs"),
    );
    await quickInput.dismiss();
  });

  it("has libpq's own by its link, and nothing else", async () => {
    const { quickInput } = suite.workbench;
    await welcomeLink("libpq service").click();
    await until("the services", async () =>
      (await quickInput.entries()).includes("service memories"),
    );
    assert.deepEqual(await quickInput.entries(), [
      "service memories",
      "service from_variables",
      "PG* variables",
      "Another service file…",
    ]);
    await quickInput.dismiss();
  });

  it("attaches an output of a dbt profile, from its link", async () => {
    const { quickInput } = suite.workbench;
    // The engine runs by now, and nothing is attached: the ways in are still there.
    await suite.workbench.statusBarEntry("memory");
    await welcomeLink("dbt profile").click();
    await quickInput.choose(/dbt shop\.dev in profiles\.yml/, 60_000);
    await finish("by_dbt");
    assert.deepEqual(await saved("by_dbt"), {
      alias: "by_dbt",
      dbt: { profile: "shop", target: "dev" },
      readOnly: true,
    });
  });

  it("attaches a service of the service file", async () => {
    await suite.workbench.runCommand("Viaduct: Add Attachment…");
    await suite.workbench.quickInput.choose("service memories");
    await finish("by_service");
    assert.deepEqual(await saved("by_service"), {
      alias: "by_service",
      service: "memories",
      readOnly: true,
    });
  });

  it("attaches what the PG* variables of the environment say", async () => {
    await suite.workbench.runCommand("Viaduct: Add Attachment…");
    await suite.workbench.quickInput.choose("PG* variables");
    await finish("by_variables");
    assert.deepEqual(await saved("by_variables"), {
      alias: "by_variables",
      environmentVariables: true,
      readOnly: true,
    });
  });

  it("attaches what the PG* variables of an env file say", async () => {
    await suite.workbench.runCommand("Viaduct: Add Attachment…");
    await suite.workbench.quickInput.choose("PG* in .env.libpq");
    await finish("by_env_file");
    assert.deepEqual(await saved("by_env_file"), {
      alias: "by_env_file",
      envFile: ".env.libpq",
      prefix: "PG",
      readOnly: true,
    });
  });
});
