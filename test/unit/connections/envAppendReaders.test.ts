import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readDotenv } from "../../../src/core/connections/dotenvText";
import { appendEnv } from "../../../src/core/connections/envAppend";

/** Values for which there is a form that dotenv, Docker Compose and shells read alike. */
const values = fc
  .array(
    fc
      .string({
        unit: fc.constantFrom(
          ...Array.from("'\"`$\\#!& ;|<>(){}*?~=:%@\t\naZn0-é😀"),
        ),
        minLength: 1,
      })
      .filter(
        (value) =>
          !value.endsWith("\\") &&
          (!value.includes("'") || !/["$`\\]/.test(value)),
      ),
    { minLength: 1, maxLength: 200 },
  )
  .map(
    (each) =>
      new Map(each.map((value, index) => [`X_${String(index)}`, value])),
  );

function written(secrets: ReadonlyMap<string, string>): string {
  return appendEnv(
    "",
    [...secrets].map(([name, value]) => ({ name, value })),
  );
}

/** What `set -a; . ./.env` hands on to a program. */
function readByShell(text: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "env-append-"));
  try {
    writeFileSync(join(folder, ".env"), text);
    const script = `set -a; . ./.env; exec "$0" -e 'process.stdout.write(JSON.stringify(process.env))'`;
    const printed = execFileSync("sh", ["-c", script, process.execPath], {
      cwd: folder,
      env: {},
      encoding: "utf8",
    });
    const read = Object.entries(JSON.parse(printed) as Record<string, string>);
    return new Map(read.filter(([name]) => name.startsWith("X_")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Docker Compose's rules: `'…'` as it is, `"…"` with escapes and variables, anything else up to the line's end. */
function readByCompose(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const assignment =
    /(X_\d+)=(?:'((?:\\[^]|[^\\'])*)'|"((?:\\[^]|[^\\"])*)"|([^\n"'][^\n]*))\n/y;
  while (assignment.lastIndex < text.length) {
    const at = assignment.lastIndex;
    const match = assignment.exec(text);
    assert.ok(match !== null, `not read: ${text.slice(at, at + 80)}`);
    const [, name = "", single, double, bare = ""] = match;
    const expanded = double ?? bare.replace(/\s#.*$/, "").trimEnd();
    assert.doesNotMatch(single === undefined ? expanded : "", /[$\\]/);
    found.set(name, single ?? expanded);
  }
  return found;
}

describe("appendEnv for other readers", () => {
  it("writes a quote in a value so that dotenv, Compose and shells read it", () => {
    const text = appendEnv("", [
      { name: "A", value: "k7L'p0q2" },
      { name: "B", value: "it's # not; (a) comment!" },
    ]);
    assert.equal(text, `A="k7L'p0q2"\nB="it's # not; (a) comment!"\n`);
  });

  it("gives every reader the same value, whatever it is", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(values, (secrets) => {
        const text = written(secrets);
        assert.deepEqual(readByShell(text), secrets);
        assert.deepEqual(readByCompose(text), secrets);
        assert.deepEqual(readDotenv(text), secrets);
      }),
      { numRuns: 15 },
    );
  });

  it("gives a shell no command to run where bare text does for dotenv", () => {
    for (const value of ["a'$(id)", "a'b\\c", `a'b"c`]) {
      const text = appendEnv("", [{ name: "X_1", value }]);
      assert.equal(text, `X_1=${value}\n`);
      assert.equal(readDotenv(text).get("X_1"), value);
    }
  });
});
