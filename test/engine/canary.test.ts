import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { canary } from "../support/canary";
import { CanarySession } from "../support/canarySession";
import {
  writeCanarySources,
  type CanaryPlace,
  type CanarySources,
} from "../support/canarySources";
import { freePort } from "../support/freePort";
import type { WatchedEngine } from "../support/watchedEngine";
import { quoteLiteral } from "../../src/core/sql/quote";

describe("a canary password from every source", () => {
  let session: CanarySession;
  let engine: WatchedEngine;
  let folder: string;
  let place: CanaryPlace;
  let good: CanarySources;
  let known: string[];
  before(async () => {
    session = await CanarySession.start();
    ({ engine, folder, place, good, known } = session);
  });
  after(() => session.close());
  const search = (): Promise<void> => session.search();

  for (const name of [
    "envFile",
    "url",
    "service",
    "given",
    "passfile",
    "written",
    "dbt",
    "dbtAttach",
  ]) {
    it(`leaves no trace when it comes from: ${name}`, async () => {
      const request = good.requests[name];
      assert.ok(request);
      const spec = { ...request, alias: "pg", readOnly: true };
      const report = await engine.ask("testConnection", spec);
      const catalog = await engine.ask("attach", spec);
      if (name !== "written") {
        // Settings must not have a password, so this one is refused; the others prove that the password is right.
        assert.ok(
          report,
          engine.said
            .filter((text) => text.includes("testConnection"))
            .join("\n"),
        );
        assert.equal(
          catalog?.state,
          "attached",
          engine.said.slice(-3).join("\n"),
        );
      }
      await engine.ask("createSecret", {
        name: "made",
        source: request.source,
      });
      await engine.ask("sourceDigest", spec);
      await engine.ask("listCatalogs", null);
      await engine.ask("listSchemas", { catalog: "pg" });
      await engine.ask("listRelations", { catalog: "pg", schema: "public" });
      await engine.run("FROM postgres_query('pg', 'SELECT 1 AS a')");
      await engine.run("SELECT current_user", "pg");
      await engine.run(`SELECT nope, ${quoteLiteral(canary)} FROM nowhere`);
      await engine.run(`SELECT ${quoteLiteral(canary)} FROM nowhere`, "pg");
      await engine.run(
        `ALTER ROLE canary_user PASSWORD ${quoteLiteral(canary)} NONSENSE`,
        "pg",
      );
      await engine.ask("diagnose", { attachments: [spec] });
      await engine.ask("detach", { alias: "pg" });
      await search();
    });

    it(`is in no error of a source that does not lead there: ${name}`, async () => {
      const wrong: Partial<CanaryPlace>[] = [
        { host: "nowhere.invalid" },
        { port: await freePort(0) },
        { database: "no_such_db" },
        { user: "no_such_user" },
      ];
      for (const [index, change] of wrong.entries()) {
        const sources = await writeCanarySources(folder, `bad${name}${index}`, {
          ...place,
          ...change,
        });
        known.push(...sources.files);
        const request = sources.requests[name];
        assert.ok(request);
        const spec = { ...request, alias: "bad", readOnly: true };
        assert.equal(await engine.ask("attach", spec), undefined);
        await engine.ask("testConnection", spec);
        await engine.ask("attach", {
          ...spec,
          options: { sslmode: "require" },
        });
      }
      await search();
    });
  }

  it("is in no error of a file that cannot be read", async () => {
    const { source } = good.requests["envFile"] ?? {};
    assert.ok(source);
    for (const [index, text] of [
      `POSTGRES_PASSWORD=\`${canary}`,
      `POSTGRES_HOST=h\n${canary}\n`,
      `POSTGRES_PORT=${canary}\nPOSTGRES_HOST=h\nPOSTGRES_DATABASE=d\nPOSTGRES_USER=u\nPOSTGRES_PASSWORD=p`,
      `DATABASE_URL=postgresql://u:${canary}@h/d`,
      `DATABASE_URL=${canary}`,
      `\uFEFFPOSTGRES_SSLMODE=${canary}\r\nPOSTGRES_HOST=h\r\nPOSTGRES_DATABASE=d\r\nPOSTGRES_USER=u\r\nPOSTGRES_PASSWORD=p`,
    ].entries()) {
      const file = path.join(folder, `broken${index}.env`);
      await writeFile(file, text);
      known.push(file);
      await engine.ask("readEnvFile", { file });
      for (const prefix of ["POSTGRES_", ""]) {
        await engine.ask("attach", {
          alias: "bad",
          readOnly: true,
          source: { kind: "envFile", file, prefix },
        });
      }
    }
    for (const [index, text] of [
      `canary:\n  outputs:\n    dev: {type: postgres, password: "${canary}"\n`,
      `canary:\n  outputs:\n    dev:\n      type: postgres\n      password: "{{ env_var('NO_${"c4naryK7".length}', nonsense) }} ${canary.replaceAll(/["\\]/g, "")}"\n`,
      `canary:\n\tpassword: ${canary}\n`,
    ].entries()) {
      const file = path.join(folder, `broken${index}.yml`);
      await writeFile(file, text);
      known.push(file);
      await engine.ask("readDbtProfiles", { file });
      await engine.ask("attach", {
        alias: "bad",
        readOnly: true,
        source: {
          kind: "dbt",
          file,
          profile: "canary",
          target: "dev",
          entry: "output",
        },
      });
    }
    const service = path.join(folder, "broken.conf");
    await writeFile(service, `[canary]\n${canary}\npassword ${canary}\n`);
    known.push(service);
    await engine.ask("listServices", { file: service });
    await engine.ask("attach", {
      alias: "bad",
      readOnly: true,
      source: { kind: "service", service: "canary", file: service },
    });
    await search();
  });
});
