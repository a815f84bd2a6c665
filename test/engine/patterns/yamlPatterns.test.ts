import assert from "node:assert/strict";
import path from "node:path";
import { fixFor } from "../../../src/core/credentials/fix/fixFor";
import { lint } from "../../../src/core/credentials/lint";
import { TestEngine } from "../../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../../support/postgres";
import { guideBlock, guideBlocks } from "./guide";
import {
  dropPatternsDatabase,
  makePatternsDatabase,
  patternsDatabaseName,
  PatternsSession,
} from "./patternsDatabase";

const development = guideBlock("/ Development Environment Pattern");
const production = guideBlock("/ Production Environment Pattern");

/** The guide's machines have these folders and ports; the test's are elsewhere. */
function here(text: string, folder: string): string {
  return text
    .replace("'/path/to/memory.duckdb'", `'${folder}/memory.duckdb'`)
    .replace("'/production/memory.duckdb'", `'${folder}/memory.duckdb'`)
    .replace("port: 5432\n", `port: ${testServer().port}\n`)
    .replace("'biological_memory_source'", `'${patternsDatabaseName}'`);
}

describe("the patterns guide's YAML, word for word", () => {
  let session: PatternsSession;

  before(async () => {
    await makePatternsDatabase();
    await admin("CREATE ROLE dev_user LOGIN PASSWORD 'dev_password'");
    await admin("GRANT pg_read_all_data TO dev_user");
    session = await PatternsSession.start();
  });
  after(async () => {
    await session.close();
    await dropPatternsDatabase();
    await admin("DROP ROLE dev_user");
  });

  it("is read as it stands: its outputs, and what can be attached", async () => {
    for (const [block, target] of [
      [development, "dev"],
      [production, "prod"],
    ] as const) {
      const file = await session.file(`${target}.yml`, block.text);
      const { profiles } = await session.engine.handlers.readDbtProfiles({
        file,
      });
      const [profile] = profiles;
      assert.equal(profile?.name, "default");
      const [only] = profile.targets;
      assert.equal(only?.name, target);
      assert.equal(only.type, "duckdb");
      assert.match(only.database ?? "", /memory\.duckdb$/);
      assert.deepEqual(
        only.attachments.map(({ alias, readOnly }) => ({ alias, readOnly })),
        [{ alias: "source_memories", readOnly: true }],
      );
      const notes = only.notes.join("\n");
      assert.match(notes, /external_sources/);
      assert.match(notes, /postgres_scanner_timeout/);
      assert.match(notes, /pg_pages_per_task/);
    }
  });

  for (const [block, target, expected] of [
    [development, "dev", { threads: "4", pages: "100", timeout: "30s" }],
    [production, "prod", { threads: "8", pages: "500", timeout: "1min" }],
  ] as const) {
    it(`makes a session of the output ${target}`, async () => {
      const engine = await TestEngine.create({ envFiles: [] });
      try {
        const envFile = await writeEnvFile(path.join(engine.folder, ".env"), {
          DATABASE: patternsDatabaseName,
        });
        const file = await session.file(
          `session-${target}.yml`,
          here(block.text, engine.folder),
        );
        const info = await engine.handlers.initialize({
          ...engine.options,
          envFiles: [envFile],
          dbt: {
            file,
            projectFolder: engine.folder,
            profile: "default",
            target,
          },
        });
        assert.deepEqual(info.dbtProblems, []);
        assert.equal(info.catalog, "memory");
        const { profiles } = await engine.handlers.readDbtProfiles({ file });
        const [spec] = profiles[0]?.targets[0]?.attachments ?? [];
        assert.ok(spec);
        await engine.handlers.attach(spec);
        assert.deepEqual(
          await engine.rows(
            "SELECT count(*) FROM source_memories.public.raw_memories",
          ),
          [["200"]],
        );
        assert.deepEqual(
          await engine.rows(
            "SELECT current_setting('threads')::VARCHAR, current_setting('pg_pages_per_task')::VARCHAR",
          ),
          [[expected.threads, expected.pages]],
        );
        assert.deepEqual(
          await engine.rows(
            "FROM postgres_query('source_memories', 'SELECT current_setting(''statement_timeout'') AS t')",
          ),
          [[expected.timeout]],
        );
        // The DuckDB file is memory.duckdb, so the guide's two-part names are found in it.
        await engine.succeed(
          "CREATE TABLE memory.consolidated_memories (i int)",
        );
      } finally {
        await engine.close();
      }
    });
  }

  it("has a password in the development profile, and the fix works", async () => {
    const findings = lint(development.text, "yaml", "profiles.yml");
    assert.equal(findings.length, 1);
    const [finding] = findings;
    assert.ok(finding);
    const plan = fixFor(
      {
        text: development.text,
        language: "yaml",
        fileName: "profiles.yml",
        takenNames: [],
      },
      finding,
    );
    assert.ok(plan);
    const [edit] = plan.edits;
    assert.ok(edit);
    const fixed =
      development.text.slice(0, edit.range.start) +
      edit.newText +
      development.text.slice(edit.range.end);
    assert.equal(lint(fixed, "yaml", "profiles.yml").length, 0);
    await session.appendEnv(plan.env);
    const file = await session.file(
      "fixed.yml",
      here(fixed, session.engine.folder),
    );
    const { profiles } = await session.engine.handlers.readDbtProfiles({
      file,
    });
    const [spec] = profiles[0]?.targets[0]?.attachments ?? [];
    assert.ok(spec);
    await session.engine.handlers.attach({ ...spec, alias: "fixed_memories" });
    await session.engine.rows(
      "FROM fixed_memories.public.raw_memories LIMIT 1",
    );
    assert.equal(
      lint(production.text, "yaml", "profiles.yml").length,
      0,
      "env_var() is no finding",
    );
  });

  it("may name the extension either way, as the migration pattern does", async () => {
    const block = guideBlock("/ 2. Configuration Migration");
    // The block has the old and the new line of one file.
    const lines = block.text
      .split("\n")
      .filter((line) => line.startsWith("extensions:"));
    assert.equal(lines.length, 2);
    for (const [index, line] of lines.entries()) {
      const engine = await TestEngine.create();
      try {
        const file = await session.file(
          `migration-${index}.yml`,
          `outputs:\n  dev:\n    type: duckdb\n    path: ':memory:'\n    ${line}\n`,
        );
        const info = await engine.handlers.initialize({
          ...engine.options,
          dbt: {
            file,
            projectFolder: engine.folder,
            profile: "default",
            target: "dev",
          },
        });
        assert.deepEqual(info.dbtProblems, []);
        assert.deepEqual(
          await engine.rows(
            "SELECT extension_name FROM duckdb_extensions() WHERE loaded AND extension_name IN ('postgres_scanner', 'fts') ORDER BY 1",
          ),
          [["fts"], ["postgres_scanner"]],
        );
      } finally {
        await engine.close();
      }
    }
  });
});

describe("the patterns guide", () => {
  it("has no block that no test is about", () => {
    const tested = [
      ...["Installation Pattern", "Loading Pattern", "Verification Pattern"],
      ...["Development Environment Pattern", "Production Environment Pattern"],
      "Secrets-Based Authentication (Recommended)",
      "Direct Connection Pattern (Development Only)",
      ...["Simple Query Pattern", "Hybrid Analytics Pattern"],
      ...["Materialization Pattern", "1. Connection Settings"],
      ...["2. Query Optimization", "3. Batch Processing Pattern"],
      ...["1. Connection Validation", "2. Timeout Handling"],
      ...["3. Graceful Degradation", "1. Extension Validation Test"],
      ...["2. Connection Test", "3. Data Integrity Test"],
      ...["1. Connection Health Monitoring", "2. Error Rate Monitoring"],
      ...["1. Extension Not Loading", "2. Connection Timeout"],
      ...["3. Memory Exhaustion", "4. Authentication Failure"],
      ...["1. Legacy System Migration", "2. Configuration Migration"],
    ];
    assert.deepEqual(
      guideBlocks().map(({ heading }) => heading.split(" / ").at(-1)),
      tested,
    );
  });
});
