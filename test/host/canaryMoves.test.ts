import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import * as vscode from "vscode";
import { lintSource } from "../../src/protocol/server";
import { canary, findCanary } from "../support/canary";
import { answering } from "./answers";
import { catalog, file } from "./attachmentSupport";
import { CanaryHost } from "./canarySupport";
import { diagnosticOf, openFile, openSql, run } from "./support";
import { WatchedWindow } from "./watchedWindow";

const watched = new WatchedWindow();

describe("a canary password that moves, or whose server does", () => {
  let host: CanaryHost;
  let environment = "";

  before(async () => {
    host = await CanaryHost.start(watched);
    environment = await readFile(file(".env"), "utf8");
  });
  after(async () => {
    await run("viaduct.selectDbtTarget", { profile: null });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await writeFile(file(".env"), environment);
    await rm(file("canary"), { recursive: true });
  });
  afterEach(() => host.search());

  it("leaves no trace when a dbt target is selected that has it, or that cannot be reached", async () => {
    for (const [sources, isReached] of [
      [host.good, true],
      [host.bad, false],
    ] as const) {
      const profile = file(`canary/dbt-${String(isReached)}/profiles.yml`);
      await mkdir(path.dirname(profile));
      await copyFile(sources.profile, profile);
      host.known.push(profile);
      for (const target of ["dev", "duck"]) {
        const selected = await host.run([], "viaduct.selectDbtTarget", {
          file: profile,
          profile: "canary",
          target,
        });
        assert.equal(selected?.target, target);
        const alias = target === "dev" ? "canary_dev" : "entry";
        await openSql(
          `canary/${target}-${String(isReached)}.sql`,
          `FROM ${alias}.public.sources;\n`,
        );
        const view = await host.run([], "viaduct.runFile");
        assert.equal(
          view?.state,
          isReached ? "succeeded" : "failed",
          `${target}: ${JSON.stringify(view?.statements[0]?.outcome?.error)}`,
        );
        await host.search();
      }
    }
  });

  it("is in no list of targets that can be picked, and in nothing about a wrong one", async () => {
    const wrong = file("canary/profiles.yml");
    host.known.push(wrong);
    await writeFile(
      wrong,
      `canary:\n  outputs:\n    bad: {type: postgres, host: "{{ env_var('NOT_THERE_AT_ALL') }}", user: u, dbname: d, password: '${canary.replaceAll("'", "''")}'}\n`,
    );
    await host.run([], "viaduct.selectDbtTarget", {
      file: wrong,
      profile: "canary",
      target: "bad",
    });
    const picked = await host.run(
      [{ pick: /canary\/bad/ }],
      "viaduct.selectDbtTarget",
    );
    assert.equal(picked?.target, "bad");
    await host.search();
    await host.run([], "viaduct.selectDbtTarget", { profile: null });
  });

  it("is in the env file alone once a fix has moved it there, and connects from there", async () => {
    const moving = file("canary/moving.yml");
    await writeFile(moving, await readFile(host.good.profile));
    host.known.push(moving, file(".env"));
    const { document } = await openFile(
      "canary/moving.yml",
      (await readFile(moving, "utf8")).split("    duck:")[0] ?? "",
    );
    const { uri } = document;
    const finding = await diagnosticOf(
      uri,
      ({ source }) => source === lintSource,
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      finding.range,
    );
    const move = actions.find(
      ({ command }) => command?.command === "viaduct.moveCredential",
    );
    assert.ok(move?.command);
    host.seen.push(JSON.stringify(actions.map(({ title }) => title)));
    const name = await host.run(
      [],
      "viaduct.moveCredential",
      ...(move.command.arguments as [never]),
    );
    assert.ok(typeof name === "string" && /^\w+$/.test(name), String(name));
    await document.save();
    host.known.splice(host.known.indexOf(moving), 1);
    assert.match(document.getText(), new RegExp(`env_var\\(\\W*${name}\\W`));
    assert.ok(
      (await readFile(file(".env"), "utf8")).includes(name),
      "it is in the env file",
    );
    await host.search();
    const info = await host.run([], "viaduct.addAttachment", {
      alias: catalog,
      readOnly: true,
      source: {
        kind: "dbt",
        file: moving,
        profile: "canary",
        target: "dev",
        entry: "output",
      },
    });
    assert.equal(info?.state, "attached", JSON.stringify(info));
    await host.run([{ press: "Remove" }], "viaduct.removeAttachment", {
      catalog,
    });
  });

  it("does not follow an env file to another server: that is asked about, and nothing is sent", async () => {
    const heard: Buffer[] = [];
    let visits = 0;
    const stranger = createServer((socket) => {
      visits += 1;
      socket.on("data", (data) => heard.push(data));
    }).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const { port } = stranger.address() as AddressInfo;
    const bound = file("canary/bound.env");
    const text = (await readFile(host.good.envFile, "utf8")).replace(
      /^POSTGRES_PASSWORD=.*\n/m,
      "",
    );
    await writeFile(bound, text);
    const node = { catalog };
    try {
      const info = await host.run([{ type: canary }], "viaduct.addAttachment", {
        alias: catalog,
        source: { kind: "envFile", file: bound, prefix: "POSTGRES_" },
        readOnly: true,
        options: { password: "secretStorage" },
      });
      assert.equal(info?.state, "attached", JSON.stringify(info));
      await writeFile(
        bound,
        text.replace(/^POSTGRES_PORT=.*$/m, `POSTGRES_PORT=${String(port)}`),
      );
      const { asked } = await answering([{ dismiss: true }], () =>
        run("viaduct.reconnect", node),
      );
      host.seen.push(...asked.shown);
      const said = asked.shown.join("\n");
      assert.match(said, /The host has changed/);
      assert.ok(said.includes(`127.0.0.1:${String(port)}`), said);
      assert.equal(visits, 0);
      assert.equal(findCanary(Buffer.concat(heard).toString("latin1")), null);
      // Back where it belongs it is used without a question.
      await writeFile(bound, text);
      await host.run([], "viaduct.reconnect", node);
      const view = await host.run([], "viaduct.previewRelation", {
        ...node,
        schema: "public",
        relation: "sources",
      });
      assert.equal(view?.state, "succeeded");
    } finally {
      stranger.close();
      await host.run([{ press: "Remove" }], "viaduct.removeAttachment", node);
    }
  });
});
