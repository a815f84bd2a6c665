import assert from "node:assert/strict";
import fc from "fast-check";
import { secretStatements } from "../../../src/core/connections/secretStatement";
import { splitStatements } from "../../../src/core/sql/statements";
import { statementKind } from "../../../src/core/sql/statementKind";

const all = ["HOST", "PORT", "DATABASE", "USER", "PASSWORD"];

function write(
  prefix: string,
  endings: readonly string[],
  more: readonly string[] = [],
): string | null {
  return secretStatements({
    secret: "postgres_connection",
    alias: "source_memories",
    prefix,
    variables: [...endings.map((ending) => prefix + ending), ...more],
  });
}

describe("the SQL of a secret from an env file", () => {
  it("is the guide's own where the env file has the guide's variables", () => {
    assert.equal(
      write("POSTGRES_", all),
      `-- For a server on another machine add: SSLMODE 'verify-full', SSLROOTCERT 'system'.
CREATE OR REPLACE SECRET postgres_connection (
    TYPE POSTGRES,
    HOST getenv('POSTGRES_HOST'),
    PORT getenv('POSTGRES_PORT')::INT,
    DATABASE getenv('POSTGRES_DATABASE'),
    USER getenv('POSTGRES_USER'),
    PASSWORD getenv('POSTGRES_PASSWORD')
);

ATTACH '' AS source_memories (TYPE POSTGRES, SECRET postgres_connection);
`,
    );
  });

  it("names only variables that exist, the usual name first", () => {
    const text = write("PG", ["HOST", "DATABASE", "DB", "USERNAME", "SSLMODE"]);
    assert.match(text ?? "", /DATABASE getenv\('PGDATABASE'\)/);
    assert.match(text ?? "", /USER getenv\('PGUSERNAME'\)/);
    assert.match(text ?? "", /SSLMODE getenv\('PGSSLMODE'\)/);
    assert.doesNotMatch(text ?? "", /PORT|PASSWORD|PGDB|--/);
  });

  it("hands a URL over whole, and says what a URI leaves out", () => {
    assert.match(
      write("", [], ["DATABASE_URL"]) ?? "",
      /\(\n {4}TYPE POSTGRES,\n {4}URI getenv\('DATABASE_URL'\)\n\);/,
    );
    assert.match(
      write("SOURCE_", ["URL", "PASSWORD"]) ?? "",
      /^-- Not used, because a URI stands alone: SOURCE_PASSWORD\.\nCREATE/,
    );
    assert.doesNotMatch(
      write("SOURCE_", ["URL", "HOST", "DATABASE"]) ?? "",
      /URI/,
    );
  });

  it("is nothing where the names describe no connection", () => {
    assert.equal(write("POSTGRES_", ["PASSWORD"], ["OTHER_HOST"]), null);
  });

  it("is two statements of the right kinds, whatever the names are", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "binary" }),
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.stringMatching(/^[\w.-]*$/),
        (secret, alias, prefix) => {
          fc.pre(!`${secret}${alias}`.includes("\0"));
          const text = secretStatements({
            secret,
            alias,
            prefix,
            variables: all.map((ending) => prefix + ending),
          });
          assert.deepEqual(
            splitStatements(text ?? "").map((statement) =>
              statementKind(statement.text),
            ),
            ["create secret", "attach"],
          );
        },
      ),
    );
  });
});
