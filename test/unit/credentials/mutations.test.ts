import assert from "node:assert/strict";
import { lint } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";
import { sqlCredentials } from "./sqlContexts";
import { yamlCredentials } from "./yamlContexts";

/** Values of the findings, as often as they occur. */
function values(text: string, language: "sql" | "yaml"): string[] {
  return lint(text, language).map(({ range }) =>
    text.slice(range.start, range.end),
  );
}

/** Every marked value of a text must be among the values that are found in a mutation of it. */
function staysFound(marked: string, mutated: string, what: string): void {
  const { text, ranges } = unmark(marked);
  const found = values(mutated, "sql").map((value) => value.toLowerCase());
  for (const { start, end } of ranges) {
    const value = text.slice(start, end).toLowerCase();
    assert.ok(
      found.some(
        (each) => each.replaceAll("''", "'") === value.replaceAll("''", "'"),
      ),
      `${what}: ${value} of ${JSON.stringify(mutated)}, found ${JSON.stringify(found)}`,
    );
  }
}

/** Statements of one language and with no line of a client, which are what a machine can rewrite. */
const plain = sqlCredentials.filter(
  (marked) =>
    !/^\\|^--|\/\*|--|\{\{|oops|^:|^DEFINE|^CONNECT \w+\//.test(marked),
);

describe("a credential in SQL stays found", () => {
  it("in upper and lower case", () => {
    for (const marked of plain) {
      const { text } = unmark(marked);
      staysFound(marked, text.toLowerCase(), "lower case");
      // Names of settings in a connection string are lower case for libpq itself.
      const upper = text.replaceAll(
        /\b[a-z_]+\b(?=[^']*(?:'[^']*'[^']*)*$)/g,
        (word) => word.toUpperCase(),
      );
      staysFound(marked, upper, "upper case");
    }
  });

  it("with line breaks and comments between the words", () => {
    for (const marked of plain) {
      const { text } = unmark(marked);
      if (!/['$]\w*\$|\$\$/.test(text)) {
        const parts = text.split(/('(?:[^']|'')*')/);
        for (const gap of ["\n\n  ", " /* it's here */ ", " -- note\n"]) {
          const mutated = parts
            .map((part) =>
              part.startsWith("'") ? part : part.replaceAll(" ", gap),
            )
            .join("");
          staysFound(marked, mutated, "gaps");
        }
      }
    }
  });

  it("inside a dollar-quoted body", () => {
    for (const marked of plain) {
      const { text } = unmark(marked);
      const body = `DO $body$\nBEGIN\n  ${text};\nEND;\n$body$ LANGUAGE plpgsql;`;
      staysFound(marked, body, "body");
    }
  });

  it("inside a YAML block scalar", () => {
    for (const marked of plain) {
      const { text, ranges } = unmark(marked);
      if (
        /^\s*(?:create|alter|attach|grant)/i.test(text) &&
        !/ENGINE|DATABASE LINK/.test(text)
      ) {
        const indented = text.replaceAll("\n", "\n    ");
        const found = values(`migration:\n  up: |\n    ${indented};\n`, "yaml");
        assert.ok(
          found.length >= Math.min(1, ranges.length),
          `${JSON.stringify(text)} in YAML`,
        );
      }
    }
  });

  it("after a string that is not closed, after noise, and before it", () => {
    for (const marked of plain) {
      const { text } = unmark(marked);
      if (/^(?:CREATE|ALTER|ATTACH|GRANT|COPY) /.test(text)) {
        staysFound(marked, `SELECT 'oops\n;\n${text};`, "unclosed");
      }
      staysFound(
        marked,
        `\\set x y\n{% if a %}\nSELECT it FROM ⟨x⟩;\n${text};\n{% endif %}`,
        "noise",
      );
      staysFound(marked, `${text};\nSELECT 'a`, "before");
    }
  });
});

const references = {
  sql: [
    "<password>",
    "${PW}",
    "{{ env_var('X') }}",
    "xxxxxxxx",
    "CHANGE_ME",
    "your_password",
    "",
    "%(pw)s",
    "$PW",
    "$(PW)",
    "#{PW}",
    "{PASSWORD}",
    "%PW%",
    "@@PW@@",
    "<% pw %>",
    "⟨value⟩",
    "***REMOVED***",
    "mot_de_passe",
    "...",
  ],
  yaml: [
    "<password>",
    "${PW}",
    "xxxxxxxx",
    "CHANGE_ME",
    "your_password",
    "$PW",
    "...",
    "vault:secret/x#y",
  ],
} as const;

describe("a placeholder or reference in the place of a credential goes silent", () => {
  for (const [language, texts] of [
    ["sql", sqlCredentials],
    ["yaml", yamlCredentials],
  ] as const) {
    it(language, () => {
      for (const marked of texts) {
        for (const reference of references[language]) {
          // A quote in the reference is doubled where it stands in a string, as its author would have.
          const inner =
            language === "sql" && !/-- |\/\*|\\/.test(marked)
              ? reference.replaceAll("'", "''")
              : reference;
          const text = marked.replaceAll(/«[^»]*»/g, inner);
          const isSecretData = /\n {2,6}(?:pw|password): «azd/.test(marked);
          const isBare =
            /BY «/.test(marked) ||
            (reference === "" && /«/.test(marked) && language === "yaml");
          if (!isSecretData && !isBare && !/-----BEGIN/.test(marked)) {
            assert.deepEqual(values(text, language), [], JSON.stringify(text));
          }
        }
      }
    });
  }
});
