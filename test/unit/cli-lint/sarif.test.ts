import assert from "node:assert/strict";
import { LintFolder } from "../../support/lintFolder";

const secret = "k7Lp0q2";
const role = `CREATE ROLE a PASSWORD '${secret}';`;

interface Log {
  readonly runs: readonly {
    readonly originalUriBaseIds: object;
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: object;
          readonly region: { readonly startLine: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly object[];
    }[];
  }[];
}

describe("viaduct lint: SARIF", () => {
  let folder: LintFolder;

  beforeEach(() => {
    folder = new LintFolder();
    folder.git("init", "-q");
  });
  afterEach(() => {
    folder.remove();
  });

  async function log(args: readonly string[], below = "") {
    const { stdout } = await folder.lint(["--format", "sarif", ...args], {
      folder: below,
    });
    assert.ok(!stdout.includes(secret), "no value");
    assert.ok(!stdout.includes(folder.path), "no path of the machine");
    const [run] = (JSON.parse(stdout) as Log).runs;
    assert.ok(run !== undefined);
    return run;
  }

  it("names files from the repository's root, wherever it is run", async () => {
    folder.write("sub/ä b#1.sql", `${role}\n`);
    const expected = { uri: "sub/%C3%A4%20b%231.sql", uriBaseId: "%SRCROOT%" };
    for (const run of [await log(["."]), await log(["."], "sub")]) {
      const [result] = run.results;
      const place = result?.locations[0]?.physicalLocation;
      assert.deepEqual(place?.artifactLocation, expected);
      assert.deepEqual(Object.keys(run.originalUriBaseIds), ["%SRCROOT%"]);
      assert.equal(run.invocations[0]?.executionSuccessful, true);
    }
  });

  it("has what is left out as suppressed, with the reason", async () => {
    folder.write("a.sql", `${role}\n`);
    await folder.lint(["--update-baseline", "."]);
    folder.write("b.sql", `${role} -- credlint:ignore CS101: a test\n`);
    const { results } = await log(["."]);
    assert.deepEqual(
      results.map(({ suppressions }) => suppressions),
      [
        [{ kind: "external", justification: "It is in the baseline." }],
        [{ kind: "inSource", justification: "a test" }],
      ],
    );
  });

  it("has fingerprints that differ, and stay when lines move or the value changes", async () => {
    const fingerprints = async () =>
      (await log(["."])).results.map(
        ({ partialFingerprints }) => partialFingerprints["viaductFinding/v1"],
      );
    folder.write("a.sql", `${role}\n${role}\n`);
    const before = await fingerprints();
    assert.equal(new Set(before).size, 2);
    folder.write("a.sql", `\n\n${role.replace(secret, "0ther-one")}\n${role}`);
    assert.deepEqual(await fingerprints(), before);
  });
});
