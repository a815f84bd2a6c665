import assert from "node:assert/strict";
import { neededProblem, writeProblem } from "../../../src/cli/profileNeeds";
import type { ChosenProfile } from "../../../src/cli/runProfile";
import { errorText } from "../../../src/cli/runErrors";
import { errorInfo } from "../../../src/core/errors/makeError";
import type { DbtProblem } from "../../../src/protocol/options";

const chosen: ChosenProfile = {
  selection: {
    file: "/p/profiles.yml",
    projectFolder: "/p",
    profile: "shop",
    target: "dev",
  },
  target: "dev",
  attachments: ["a", "b"].map((alias) => ({
    alias,
    readOnly: true,
    source: { kind: "environment" },
  })),
  readOnly: [],
  notes: [],
};

function problem(entry: DbtProblem["entry"]): DbtProblem {
  return {
    ...errorInfo("catalog", "x"),
    ...(entry === undefined ? {} : { entry }),
  };
}

function isNeeded(entry: DbtProblem["entry"], text: string): boolean {
  const info = { dbtProblems: [problem(entry)], settings: [] };
  return neededProblem(info, chosen, text) !== null;
}

describe("viaduct run: what a script needs of a profile", () => {
  it("is an attached database that it mentions, in any quotes and wherever it stands", () => {
    const other = { kind: "attach", name: "other" } as const;
    for (const text of [
      "FROM other.t",
      'FROM "OTHER"."t"',
      "USE other",
      "FROM query('SELECT * FROM other.main.t')",
      "-- other\nSELECT 1",
    ]) {
      assert.ok(isNeeded(other, text), text);
    }
    for (const text of [
      "SELECT 1",
      "FROM another.t",
      "FROM others",
      "FROM o",
    ]) {
      assert.ok(!isNeeded(other, text), text);
    }
    assert.ok(isNeeded({ kind: "attach", name: 'a"b' }, 'FROM "a""b".t'));
    assert.ok(isNeeded({ kind: "attach", name: "a.b(" }, 'FROM "a.b(".t'));
    assert.ok(!isNeeded({ kind: "attach", name: "a.b" }, "FROM aXb.t"));
    assert.ok(
      isNeeded({ kind: "attach", name: "größe" }, "FROM GRÖSSE, größe"),
    );
  });

  it("is one whose name only DuckDB knows, and what is about the whole output", () => {
    assert.ok(isNeeded({ kind: "attach", name: "" }, "SELECT 1"));
    assert.ok(isNeeded(undefined, "SELECT 1"));
  });

  it("is a secret where it reads a URL, or says its name", () => {
    const secret = { kind: "secret", name: "lake" } as const;
    assert.ok(isNeeded(secret, "FROM 's3://bucket/x.parquet'"));
    assert.ok(isNeeded(secret, "ATTACH '' AS x (SECRET lake)"));
    assert.ok(!isNeeded(secret, "SELECT 1"));
  });

  it("is every setting that could not be applied, and none that is Viaduct's own", () => {
    const setting = (errorClass: "catalog" | "connectionInvalid") => ({
      dbtProblems: [],
      settings: [
        {
          name: "n",
          value: "",
          origin: "dbt" as const,
          note: "",
          problem: errorInfo(errorClass, "x"),
        },
      ],
    });
    const refused = neededProblem(setting("catalog"), chosen, "SELECT 1");
    assert.match(refused?.message ?? "", /"dev" of the profile "shop"/);
    assert.equal(
      neededProblem(setting("connectionInvalid"), chosen, "SELECT 1"),
      null,
    );
  });
});

describe("viaduct run: --write and a profile's read_only: true", () => {
  const refusal = (readOnly: readonly string[], on: string | null = null) =>
    writeProblem({ ...chosen, readOnly }, on);

  it("is refused where nothing else could be written, with the profile's name", () => {
    const problem = refusal(["a", "b"]);
    assert.match(problem?.message ?? "", /profile "shop".*"a", "b"/);
    assert.match(refusal(["b"], "b")?.message ?? "", /for "b"/);
    const told = problem === null ? "" : errorText(problem, null, true);
    assert.match(told, /profiles\.yml:1:1: readOnly/);
    assert.match(told, /Next step: Leave --write out/);
  });

  it("is taken for the others", () => {
    assert.equal(refusal([]), null);
    assert.equal(refusal(["a"]), null);
    assert.equal(refusal(["a"], "b"), null);
    assert.equal(refusal(["a"], "elsewhere"), null);
    assert.equal(writeProblem({ ...chosen, attachments: [] }, null), null);
  });
});
