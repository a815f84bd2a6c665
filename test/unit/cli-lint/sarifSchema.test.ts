import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { exportLint } from "../../../src/server/workspace/exportLint";
import { LintFolder } from "../../support/lintFolder";

const secret = "k7Lp0q2";
const role = `CREATE ROLE a PASSWORD '${secret}';`;
/** Ships the schema of OASIS, and the validator for its draft. */
const shipped = createRequire(
  createRequire(import.meta.url).resolve("@microsoft/jest-sarif/package.json"),
);

interface Validator {
  addMetaSchema(schema: unknown): void;
  compile(schema: unknown): ((log: unknown) => boolean) & { errors?: unknown };
}
type ValidatorClass = new (options: object) => Validator;

/** Makes what says what the schema of SARIF 2.1.0 has against a text; null for nothing. */
function schemaCheck(): (text: string) => unknown {
  const file = shipped.resolve(
    "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
  );
  const Ajv = shipped("ajv") as ValidatorClass;
  const ajv = new Ajv({ allErrors: true, schemaId: "auto" });
  ajv.addMetaSchema(shipped("ajv/lib/refs/json-schema-draft-04.json"));
  const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")));
  return (text) => (validate(JSON.parse(text)) ? null : validate.errors);
}

describe("SARIF", () => {
  let folder: LintFolder;

  beforeEach(() => {
    folder = new LintFolder();
    folder.git("init", "-q");
  });
  afterEach(() => {
    folder.remove();
  });

  it("of the command line and of the editor is valid by the standard's schema", async () => {
    const check = schemaCheck();
    const invalid = check('{"version": "2.1.0", "runs": [{}]}');
    assert.match(JSON.stringify(invalid), /tool/);
    folder.write("a ä#.sql", `${role}\n${role} -- credlint:ignore CS101: x\n`);
    folder.write("b.yaml", `p:\n  password: ${secret}\n`);
    folder.write("binary.sql", new Uint8Array([0, 1]));
    folder.git("add", ".");
    folder.git("commit", "-qm", "a");
    const args = ["--format", "sarif", "--git-history", "."];
    const { stdout } = await folder.lint(args);
    assert.match(stdout, /Rotate it/);
    assert.match(stdout, /"justification": "x"/);
    assert.match(stdout, /binary file/);
    assert.equal(check(stdout), null);
    const { stdout: empty } = await folder.lint(["--format", "sarif", "c*"]);
    assert.equal(check(empty === "" ? stdout : empty), null);
    assert.equal(check(await exported(["a ä#.sql", "../x.sql"])), null);
  });

  it("of the editor has paths from the repository's root, as the command line has, and others whole", async () => {
    folder.write("sub/a.sql", role);
    const log = JSON.parse(
      await exported(["sub/a.sql", "../x.sql"], "sub"),
    ) as {
      runs: { results: { locations: unknown[] }[] }[];
    };
    assert.deepEqual(
      log.runs[0]?.results.map(({ locations: [first] }) => first),
      [
        { uri: "sub/a.sql", uriBaseId: "%SRCROOT%" },
        { uri: uriOf("../x.sql") },
      ].map((artifactLocation) => ({
        physicalLocation: {
          artifactLocation,
          region: { startLine: 1, startColumn: 25, endLine: 1, endColumn: 32 },
        },
      })),
    );
  });

  const uriOf = (name: string) => pathToFileURL(join(folder.path, name)).href;

  /** What the page of the workspace exports for one finding in each file. */
  async function exported(
    names: readonly string[],
    below = "",
  ): Promise<string> {
    return exportLint({
      as: "sarif",
      folder: uriOf(below),
      skipped: [{ uri: uriOf("big.sql"), reason: "It is too large." }],
      files: names.map((name) => ({
        uri: uriOf(name),
        isTracked: true,
        findings: [
          {
            range: {
              start: { line: 0, character: 24 },
              end: { line: 0, character: 31 },
            },
            rule: "CS101",
            severity: "error",
            message: 'Hard-coded password for role "a"',
            masked: "k7••••, 7 characters",
            cell: { cell: 2, line: 1, column: 25 },
            inHistorySince: "2024-03-05T10:00:00.000Z",
          },
        ],
      })),
    });
  }
});
