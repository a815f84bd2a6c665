import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inRepository } from "../../support/paths";
import { connectionOf, file, profilesOf, targetOf } from "./profilesSupport";

const guide = readFileSync(
  inRepository("test", "fixtures", "patterns", "guide.md"),
  "utf8",
);
const [development = "", production = ""] = Array.from(
  guide.matchAll(/```yaml\n([^`]*)```/g),
  ([, text]) => text ?? "",
);

describe("the patterns guide's profiles.yml, word for word", () => {
  it("offers external_sources.postgresql of the development profile as source_memories", () => {
    const profiles = profilesOf(development);
    const target = targetOf(profiles, "default", "dev");
    assert.equal(target.type, "duckdb");
    assert.equal(target.database, "/project//path/to/memory.duckdb");
    assert.deepEqual(target.problems, []);
    assert.deepEqual(target.attachments, [
      {
        alias: "source_memories",
        source: {
          kind: "dbt",
          file,
          profile: "default",
          target: "dev",
          entry: "external_sources.postgresql",
        },
        readOnly: true,
      },
    ]);
    assert.deepEqual(
      connectionOf(profiles, "default", "dev", "external_sources.postgresql"),
      {
        host: "localhost",
        port: "5432",
        dbname: "biological_memory_source",
        user: "dev_user",
        password: "dev_password",
      },
    );
    const notes = target.notes.join("\n");
    assert.match(notes, /without the name of a profile/);
    assert.match(notes, /external_sources is not a key of dbt-duckdb/);
    assert.match(
      notes,
      /connect timeout of 30 s and a statement timeout of 30000 ms/,
    );
    assert.match(notes, /10000 rows are pg_pages_per_task = 100/);
  });

  it("evaluates the production profile with its variables", () => {
    const profiles = profilesOf(production, {
      POSTGRES_HOST: "db.example",
      POSTGRES_DATABASE: "memories",
      POSTGRES_USER: "reader",
      POSTGRES_PASSWORD: "0123",
    });
    assert.deepEqual(targetOf(profiles, "default", "prod").problems, []);
    assert.deepEqual(
      connectionOf(profiles, "default", "prod", "external_sources.postgresql"),
      {
        host: "db.example",
        port: "5432",
        dbname: "memories",
        user: "reader",
        password: "0123",
      },
    );
  });

  it("says where each variable that is missing is asked for", () => {
    const { problems } = targetOf(
      profilesOf(production, { POSTGRES_HOST: "x" }),
      "default",
      "prod",
    );
    assert.deepEqual(
      problems.map(({ class: kind, message, file: place }) => [
        kind,
        message,
        place?.path,
        place?.line,
        place?.column,
      ]),
      [
        [
          "variableMissing",
          "Env var required but not provided: 'POSTGRES_DATABASE'",
          file,
          13,
          19,
        ],
        [
          "variableMissing",
          "Env var required but not provided: 'POSTGRES_USER'",
          file,
          14,
          15,
        ],
        [
          "variableMissing",
          "Env var required but not provided: 'POSTGRES_PASSWORD'",
          file,
          15,
          19,
        ],
      ],
    );
    assert.match(
      production.split("\n")[13] ?? "",
      /^ {8}database: '\{\{ env_var\("POSTGRES_DATABASE"\)/,
    );
  });
});
