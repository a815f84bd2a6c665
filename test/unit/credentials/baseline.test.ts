import assert from "node:assert/strict";
import { AcceptedValues } from "../../../src/core/credentials/accepted";
import {
  addToBaseline,
  emptyBaseline,
  readBaseline,
  writeBaseline,
  type Baseline,
} from "../../../src/core/credentials/baseline";
import { allowedValue } from "../../../src/core/credentials/fingerprint";
import { deriveHash } from "../../../src/files/deriveHash";
import { lintReport } from "../../../src/core/credentials/lint";
import { masked } from "../../../src/core/credentials/mask";
import {
  defaultLintOptions,
  type LintOptions,
} from "../../../src/core/credentials/options";

const salt = "00112233445566778899aabbccddeeff";
const value = "k7Lp0q2";
const role = `CREATE ROLE a PASSWORD '${value}';`;

function read(text: string): Baseline {
  const result = readBaseline(text);
  if ("problem" in result) assert.fail(result.problem);
  return result.baseline;
}

function options(
  allowed: readonly string[],
  baseline: Baseline | null,
  more: Partial<LintOptions> = {},
) {
  const accepted = new AcceptedValues(
    allowed,
    baseline,
    (name) => name,
    deriveHash,
  );
  return {
    accepted,
    options: {
      ...defaultLintOptions,
      accepts: accepted.accepts.bind(accepted),
      ...more,
    } satisfies LintOptions,
  };
}

function outcome(text: string, fileName: string, given: LintOptions) {
  const { findings, suppressed } = lintReport(text, "sql", fileName, given);
  return {
    findings: findings.map(({ rule, severity }) => `${rule} ${severity}`),
    suppressed: suppressed.map(({ by }) => by),
  };
}

const baseline = addToBaseline(
  emptyBaseline(salt),
  [
    { path: "a.sql", rule: "CS101", value },
    { path: "gone.sql", rule: "CS101", value },
  ],
  deriveHash,
);

describe("the baseline", () => {
  it("knows a finding by its value, rule and file, wherever its line is", () => {
    const { options: given } = options([], baseline);
    for (const text of [role, `\n\nSELECT 1;\n  ${role}`]) {
      assert.deepEqual(outcome(text, "a.sql", given), {
        findings: [],
        suppressed: ["baseline"],
      });
    }
    assert.deepEqual(outcome(role, "b.sql", given).findings, ["CS101 error"]);
    assert.deepEqual(
      outcome(role.replace(value, "k7Lp0q3"), "a.sql", given).findings,
      ["CS101 error"],
    );
    assert.deepEqual(
      outcome(`ALTER ROLE b PASSWORD '${value}'`, "a.sql", given).findings,
      [],
    );
  });

  it("is read as it is written, and holds no value", () => {
    const text = writeBaseline(baseline);
    assert.deepEqual(read(text), baseline);
    assert.deepEqual(read(`\ufeff${text.replaceAll("\n", "\r\n")}`), baseline);
    assert.ok(!text.includes(value));
    assert.equal(
      text.split("\n").filter((line) => line.includes("hash")).length,
      2,
    );
    assert.deepEqual(read(writeBaseline(emptyBaseline(salt))).entries, []);
    const again = addToBaseline(
      baseline,
      [{ path: "a.sql", rule: "CS101", value }],
      deriveHash,
    );
    assert.equal(writeBaseline(again), text);
  });

  it("has other hashes for another salt, file or rule", () => {
    const hashes = [
      ...baseline.entries,
      ...addToBaseline(
        emptyBaseline(salt),
        [{ path: "a.sql", rule: "CS104", value }],
        deriveHash,
      ).entries,
      ...addToBaseline(
        emptyBaseline("ff".repeat(16)),
        [{ path: "a.sql", rule: "CS101", value }],
        deriveHash,
      ).entries,
    ].map(({ hash }) => hash);
    assert.equal(new Set(hashes).size, 4);
  });

  it("tells its entries that match nothing, of the files that were checked", () => {
    const { accepted, options: given } = options([], baseline);
    outcome(role, "a.sql", given);
    assert.deepEqual(
      accepted.stale(() => true).map(({ path }) => path),
      ["gone.sql"],
    );
    assert.deepEqual(
      accepted.stale((path) => path === "a.sql"),
      [],
    );
    const unchecked = options([], baseline);
    outcome("SELECT 1", "a.sql", unchecked.options);
    assert.equal(unchecked.accepted.stale(() => true).length, 2);
  });

  it("says in words why a file is none", () => {
    const good = JSON.parse(writeBaseline(baseline)) as object;
    for (const [text, problem] of [
      ["", /not JSON/],
      ["[]", /version/],
      [JSON.stringify({ ...good, version: 2 }), /version/],
      [JSON.stringify({ ...good, rounds: 1e9 }), /hashes/],
      [JSON.stringify({ ...good, salt: "no" }), /hashes/],
      [JSON.stringify({ ...good, findings: {} }), /list/],
      [JSON.stringify({ ...good, findings: [{ path: "a" }] }), /finding 1/],
    ] as const) {
      const result = readBaseline(text);
      assert.ok("problem" in result, text);
      assert.match(result.problem, problem);
    }
  });
});

describe("options of the lint", () => {
  it("accept a value by its hash, in any file and by any rule", () => {
    const entry = allowedValue(value, salt, deriveHash);
    assert.match(entry, /^pbkdf2-sha256:\d+:[0-9a-f]{32}:[0-9a-f]{32}$/);
    const { options: given } = options([entry, "not a hash"], null);
    assert.deepEqual(outcome(role, "z.sql", given), {
      findings: [],
      suppressed: ["allowedValue"],
    });
    assert.deepEqual(
      outcome(role.replace(value, "other7Lp"), "z.sql", given).findings,
      ["CS101 error"],
    );
  });

  it("set the severity of a rule, or turn it off", () => {
    const rules = { CS101: "info", CS104: "off" } as const;
    const { options: given } = options([], null, { rules });
    assert.deepEqual(outcome(role, "", given).findings, ["CS101 info"]);
    assert.deepEqual(
      outcome(`ATTACH 'host=h password=${value}' AS a`, "", given).findings,
      [],
    );
  });

  it("know further keys, in any spelling, where a value is given and not compared", () => {
    const { options: given } = options([], null, {
      extraKeys: ["pin", "door code", "*.grant"],
    });
    for (const text of [
      "CREATE SERVER s OPTIONS (pin '4711x')",
      "SET door_code = '4711x'",
      "SELECT f(doorCode => '4711x')",
      "CREATE SERVER s OPTIONS (conn 'host=h DOOR_CODE=4711x')",
      "SELECT {'pin': '4711x'}",
      "CREATE SECRET s (TYPE x, my_grant '4711x')",
    ]) {
      assert.deepEqual(
        outcome(text, "", given).findings,
        ["CS110 error"],
        text,
      );
    }
    for (const text of [
      "SELECT 1 FROM t WHERE pin = '4711x'",
      "UPDATE t SET pin = '4711x'",
      "SELECT pin, '4711x'",
      "SET door_code = '${DOOR_CODE}'",
    ]) {
      assert.deepEqual(outcome(text, "", given).findings, [], text);
    }
    const yaml = (text: string) =>
      lintReport(text, "yaml", "", given).findings.map(({ rule }) => rule);
    assert.deepEqual(yaml("a:\n  door-code: 4711x\n"), ["CY210"]);
    assert.deepEqual(yaml("environment:\n  - DOOR_CODE=4711x\n"), ["CY210"]);
    assert.deepEqual(yaml("door-code: '{{ code }}'\npinned: 4711x\n"), []);
  });
});

describe("a masked value", () => {
  it("shows how it begins when the rest is long enough, and its length", () => {
    assert.equal(masked("k7Lp0q2"), "k7••••, 7 characters");
    assert.equal(masked("k7Lp"), "••••, 4 characters");
    assert.equal(masked("x"), "••••, 1 character");
    assert.equal(masked("\n\u202eabcdef"), "••••, 8 characters");
  });
});
