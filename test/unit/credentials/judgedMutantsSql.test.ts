import assert from "node:assert/strict";
import { lexSegments } from "../../../src/core/sql/segments";
import {
  outcome,
  sample,
  stillFound,
  targets,
  type Mutate,
  type Target,
} from "./judgedMutants";

const all = targets(["judgedSql.txt", "judgedSqlFiles.txt"]);

/** False where lines of a client, data or templates say more than statements do. */
function isPlain({ text }: Target): boolean {
  return !/^\s*\\|\\gexec|\\g\b|\{\{|\{%|FROM stdin|^\.\w|^GO$|OPENROWSET|plpython|plperl|<<|^(?:REM|#|CONN|HOST|!)/im.test(
    text,
  );
}

/** True for a value that is a whole literal of its own. */
function isLiteral({ end, rule, start, text }: Target): boolean {
  return (
    rule !== "CS112" &&
    text.charAt(start - 1) === "'" &&
    text.charAt(end) === "'" &&
    /[\s(=,]/.test(text.charAt(start - 2)) &&
    /^[\w!#.-]+$/.test(text.slice(start, end)) &&
    !/['"]/.test(text.charAt(end + 1))
  );
}

function quoted(open: string, close: string): Mutate {
  return (target) => {
    const { end, start, text } = target;
    // `$$` would end the body around it.
    return isLiteral(target) && isPlain(target) && !text.includes("$$")
      ? text.slice(0, start - 1) +
          open +
          text.slice(start, end) +
          close +
          text.slice(end + 1)
      : null;
  };
}

function cased(change: (word: string) => string): Mutate {
  return (target) => {
    const { ranges, text } = target;
    if (!isPlain(target)) {
      return null;
    }
    const parts: string[] = [];
    let at = 0;
    for (const { end, kind, start } of lexSegments(text).flatMap(
      ({ tokens }) => tokens,
    )) {
      const isValue = ranges.some(
        (range) => range.start < end && start < range.end,
      );
      parts.push(text.slice(at, start));
      const word = text.slice(start, end);
      parts.push(kind === "word" && !isValue ? change(word) : word);
      at = end;
    }
    return parts.join("") + text.slice(at);
  };
}

/** What is between a literal and the word or sign before it. */
function gap(between: string): Mutate {
  return (target) => {
    const { start, text } = target;
    const before = text.slice(0, start - 1);
    const lines = before.split("\n").slice(-2).join("\n");
    return isLiteral(target) && isPlain(target) && !/--|\/\*/.test(lines)
      ? before.trimEnd() + between + text.slice(start - 1)
      : null;
  };
}

function around(
  wrap: (text: string) => string,
  fits: (text: string) => boolean = () => true,
): Mutate {
  return (target) =>
    isPlain(target) && fits(target.text) ? wrap(target.text) : null;
}

const noComment = (text: string): boolean => !/--|\/\*|#/.test(text);
/** Its values stay as they are written. */
const isDoubled = (text: string): boolean =>
  noComment(text) && !/''|\\'/.test(text);
const noDollar = (text: string): boolean => !/\$\w*\$/.test(text);
const doubled = (text: string): string => text.replaceAll("'", "''");
const alternating = (word: string): string =>
  word.replaceAll(
    /.(.?)/g,
    (pair) => pair.charAt(0).toUpperCase() + pair.slice(1).toLowerCase(),
  );

const unclosed = ["'", '"', "(", "[", "{", "{{ x", "`", "E'", "$fn$"];

const kinds: Readonly<Record<string, Mutate>> = {
  "as E'…'": quoted("E'", "'"),
  "as N'…'": quoted("N'", "'"),
  "as U&'…'": quoted("U&'", "'"),
  "as $$…$$": quoted("$$", "$$"),
  "as $pw$…$pw$": quoted("$pw$", "$pw$"),
  "in upper case": cased((word) => word.toUpperCase()),
  "in lower case": cased((word) => word.toLowerCase()),
  "in alternating case": cased(alternating),
  ...Object.fromEntries(
    [
      "\n",
      "\r\n",
      "\t",
      "\n\n\n  ",
      " /* c */ ",
      " -- don't\n",
      " /* a /* b */ it's; */ ",
    ].map((between) => [`behind ${JSON.stringify(between)}`, gap(between)]),
  ),
  "in nested bodies": around(
    (text) =>
      `DO $a1$ BEGIN\nEXECUTE $b1$\n${text}\n$b1$;\nEND $a1$ LANGUAGE plpgsql;`,
  ),
  "in EXECUTE of a string": around(
    (text) => `DO $a1$ BEGIN EXECUTE '${doubled(text)}'; END $a1$;`,
    isDoubled,
  ),
  "in EXECUTE format": around(
    (text) => `DO $a1$ BEGIN EXECUTE format('${doubled(text)}', x); END $a1$;`,
    (text) => isDoubled(text) && !text.includes("%"),
  ),
  "in a body of an SQL function": around(
    (text) =>
      `CREATE FUNCTION f() RETURNS void AS '${doubled(text)}' LANGUAGE sql;`,
    isDoubled,
  ),
  "in a frame of asterisks": around(
    (text) => `/*\n${text.trimEnd().replaceAll(/^/gm, " * ")}\n */`,
    (text) =>
      noComment(text) &&
      !/SCRAM|md5|HASHED|\*[0-9A-F]{40}|PRIVATE KEY/.test(text),
  ),
  "behind a byte order mark": ({ text }) => `\uFEFF${text}`,
  "behind the rows of a COPY": ({ text }) =>
    `COPY t (a) FROM stdin;\n1\tit's\n\\.\n\n${text}`,
  "behind a very long line": around(
    (text) =>
      `INSERT INTO t VALUES ${"(1, 'abc'), ".repeat(500)}(2, 'x'); ${text}`,
    (text) => !/^[-/\s]/.test(text),
  ),
  ...Object.fromEntries(
    unclosed.flatMap((open): [string, Mutate][] => [
      [
        `behind ${open} on a line of its own`,
        around((text) => `${open}\n${text}`),
      ],
      [
        `behind a statement with ${open}`,
        around((text) => `SELECT ${open}a;\n\n${text}`),
      ],
      [
        `behind ${open} in its line`,
        around(
          (text) => `SELECT ${open}a; ${text}`,
          (text) => /^[A-Z]/i.test(text),
        ),
      ],
    ]),
  ),
  "in a here-document of a script": around(
    (text) =>
      `run: |\n  psql "$URL" <<'SQL'\n${text.trimEnd().replaceAll(/^/gm, "  ")}\n  SQL\n`,
    noDollar,
  ),
};

describe("a credential of the judged SQL stays found, and nothing else is found", () => {
  for (const [kind, mutate] of Object.entries(kinds)) {
    it(kind, () => {
      const isYaml = kind.includes("here-document");
      const { count, missed, more } = outcome(
        sample(all, kind, 6),
        mutate,
        isYaml ? "yaml" : "sql",
        isYaml ? "ci.yml" : undefined,
      );
      assert.ok(count > 15, `${count}`);
      assert.ok(missed.length <= count * 0.03, missed.join("\n"));
      assert.ok(more.length <= count * 0.02, more.join("\n"));
    });
  }
});

describe("what is put in the place of a credential of the judged SQL goes silent", () => {
  const calls =
    "getenv('X'),getvariable('x'),current_setting('x'),$1,:pw,:'pw',@pw,?,NULL,''";
  for (const expression of calls.split(",")) {
    it(`an expression: ${expression}`, () => {
      for (const each of sample(all.filter(isLiteral), expression, 4).filter(
        isPlain,
      )) {
        const whole = { ...each, start: each.start - 1, end: each.end + 1 };
        assert.equal(stillFound(whole, expression, "sql"), 0, each.name);
      }
    });
  }

  const texts =
    "<password>,${PW},$PW,{{ pw }},{{ env_var('X') }},%(pw)s,%s,xxxx,****,REDACTED,your_password_here,CHANGE_ME,${{ secrets.X }},$(PW),⟨pw⟩,#{pw},%PW%,{pw},[REDACTED]";
  for (const value of texts.split(",")) {
    it(value, () => {
      for (const each of sample(all, value, 6)) {
        assert.equal(stillFound(each, value, "sql"), 0, each.name);
      }
    });
  }
});
