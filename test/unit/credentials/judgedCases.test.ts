import assert from "node:assert/strict";
import { mayHoldCredential } from "../../../src/core/credentials/gate";
import { isCredentialName, keyKinds } from "../../../src/core/credentials/keys";
import { lint } from "../../../src/core/credentials/lint";
import { agreement, judgedCases } from "./judgedCases";

describe("lint on the cases of an examiner, labelled before they were run", () => {
  const files = [
    { file: "judgedSql.txt", language: "sql", count: 450, harmless: 90 },
    { file: "judgedYaml.txt", language: "yaml", count: 340, harmless: 90 },
    // Whole files as people write them, ordinary lines and credentials mixed.
    { file: "judgedSqlFiles.txt", language: "sql", count: 200, harmless: 40 },
    { file: "judgedYamlFiles.txt", language: "yaml", count: 240, harmless: 40 },
    // Many forms of one kind in a file, beside what only looks like them.
    { file: "judgedSqlMore.txt", language: "sql", count: 120, harmless: 30 },
  ] as const;
  for (const { count, file, harmless: least, language } of files) {
    const cases = judgedCases(file);
    const compared = agreement(cases, language);
    const { missed, otherRule, right, wrong } = compared;

    it(`${file}: many of them are of nothing, and there are enough of both`, () => {
      const harmless = cases.filter(({ ranges }) => ranges.length === 0);
      assert.ok(cases.length >= count && harmless.length > least);
      for (const { name, ranges, rules } of cases) {
        assert.equal(ranges.length, rules.length, name);
      }
    });

    it(`${file}: precision .98 and recall .98 at least, with the exact range of each value`, () => {
      const precision = right / (right + wrong.length);
      const recall = right / (right + missed.length);
      assert.ok(precision >= 0.98, wrong.join("\n"));
      assert.ok(recall >= 0.98, missed.join("\n"));
    });

    it(`${file}: each is found under the rule that says why`, () => {
      assert.ok(otherRule.length <= right * 0.02, otherRule.join("\n"));
    });

    it(`${file}: Windows line ends change nothing`, () => {
      const crlf = cases.map((each) => {
        const text = each.text.replaceAll("\n", "\r\n");
        const shifted = (at: number): number =>
          at + each.text.slice(0, at).split("\n").length - 1;
        const ranges = each.ranges.map(({ start, end }) => ({
          start: shifted(start),
          end: shifted(end),
        }));
        return { ...each, text, ranges };
      });
      const { right: same, wrong: other } = agreement(crlf, language);
      assert.deepEqual([same, other.length], [right, wrong.length]);
    });
  }
});

/** What surrounds a case, and what it takes for it to stand there. */
interface Surrounding {
  readonly name: string;
  readonly language: "sql" | "yaml";
  readonly files: readonly string[];
  fits(text: string): boolean;
  around(text: string): string;
}

const indented = (text: string, by: string): string =>
  text.trimEnd().replaceAll(/^/gm, by);

const isPlainSql = (text: string): boolean =>
  !/^\s*\\|\\gexec|\{\{|\{%|FROM stdin|^\.(?:echo|mode)|^GO$|OPENROWSET\(/m.test(
    text,
  );

const surroundings: readonly Surrounding[] = [
  {
    name: "in the body of a DO block",
    language: "sql",
    files: ["judgedSql.txt", "judgedSqlFiles.txt"],
    fits: (text) => isPlainSql(text) && !/\$\w*\$|--|\/\*/.test(text),
    around: (text) => `DO $zz$\nBEGIN\n${text}\nEND $zz$;\n`,
  },
  {
    name: "behind a string that is not closed",
    language: "sql",
    files: ["judgedSql.txt", "judgedSqlFiles.txt"],
    fits: isPlainSql,
    around: (text) => `SELECT 'x;\nSELECT 1;\n\n${text}`,
  },
  {
    name: "in a block scalar of YAML",
    language: "yaml",
    files: ["judgedSql.txt", "judgedSqlFiles.txt"],
    fits: (text) => isPlainSql(text) && !/\$\w*\$/.test(text),
    around: (text) => `steps:\n  - sql: |\n${indented(text, "      ")}\n`,
  },
  {
    name: "in a file within a ConfigMap",
    language: "yaml",
    files: ["judgedYaml.txt", "judgedYamlFiles.txt"],
    fits: (text) => !text.startsWith("?"),
    around: (text) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  f.yml: |\n${indented(text, "    ")}\n`,
  },
  {
    name: "before another document, in a file of any name",
    language: "yaml",
    files: ["judgedYaml.txt", "judgedYamlFiles.txt"],
    fits: () => true,
    around: (text) => `# head\n\n${text}\n---\na: 1\n`,
  },
];

describe("lint on the cases of an examiner where they stand elsewhere", () => {
  for (const place of surroundings) {
    it(`finds them ${place.name}, and nothing more`, () => {
      const counts = { right: 0, missed: [] as string[], more: [] as string[] };
      for (const each of place.files.flatMap(judgedCases)) {
        const values = each.ranges.map(({ start, end }) =>
          each.text.slice(start, end),
        );
        // What goes over lines reads otherwise when it is indented.
        if (
          !place.fits(each.text) ||
          values.some((value) => value.includes("\n"))
        ) {
          continue;
        }
        const text = place.around(each.text);
        const found = lint(text, place.language).map(({ range }) =>
          text.slice(range.start, range.end),
        );
        for (const value of values) {
          const at = found.indexOf(value);
          if (at < 0) {
            counts.missed.push(`${each.name}: ${value}`);
          } else {
            found.splice(at, 1);
            counts.right++;
          }
        }
        counts.more.push(...found.map((value) => `${each.name}: ${value}`));
      }
      const { missed, more, right } = counts;
      assert.ok(right > 150);
      assert.ok(missed.length < right * 0.02, missed.join("\n"));
      assert.ok(more.length < right * 0.01, more.join("\n"));
    });
  }
});

describe("the search for what may be a credential", () => {
  const names = [
    ...keyKinds.map((kind) => `${kind}_key`),
    ..."password passphrase pwd psw pw psk secret token api_key erlang_cookie github_pat".split(
      " ",
    ),
  ];

  it("passes by no name that is a credential's, however it is written", () => {
    for (const name of names) {
      const words = name.split("_");
      const camel = words
        .map((word, at) =>
          at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1),
        )
        .join("");
      for (const written of [
        name,
        name.toUpperCase(),
        name.replaceAll("_", "-"),
        name.replaceAll("_", "."),
        camel,
      ]) {
        if (isCredentialName(written)) {
          assert.ok(mayHoldCredential(`${written}: x`), written);
          const text = `${written}: Walnut33x9\n`;
          assert.equal(lint(text, "yaml").length, 1, written);
        }
      }
    }
  });
});
