import assert from "node:assert/strict";
import fc from "fast-check";
import { lex, lexTolerantly } from "../../../src/core/sql/lexer";

/** `kind text` of each token; `!` marks one that is not closed. */
function tokens(text: string, read = lex): string[] {
  return read(text).map(
    (token) =>
      `${token.kind} ${text.slice(token.start, token.end)}${token.closed === false ? " !" : ""}`,
  );
}

function kinds(text: string): string[] {
  return lex(text).map((token) => token.kind);
}

describe("lex", () => {
  it("reads strings by their own escapes", () => {
    assert.deepEqual(tokens(`'it''s' E'a\\'b' N'x' U&'y' B'0'`), [
      `string 'it''s'`,
      `escapeString E'a\\'b'`,
      `string N'x'`,
      `string U&'y'`,
      `string B'0'`,
    ]);
    assert.deepEqual(tokens(`split('\\', 'it\\'s')`)[2], `string '\\'`);
    assert.deepEqual(tokens(`'it\\'s', 'x'`), [
      `string 'it\\'s'`,
      "punctuation ,",
      `string 'x'`,
    ]);
  });

  it("reads dollar quotes by their tag", () => {
    assert.deepEqual(tokens("$$a;$b$ b$$ $t$x$$y$t$ $1 $name a$b"), [
      "dollarString $$a;$b$ b$$",
      "dollarString $t$x$$y$t$",
      "parameter $1",
      "parameter $name",
      "word a$b",
    ]);
  });

  it("nests comments, and reads those of MySQL when they do not nest", () => {
    assert.deepEqual(tokens("/* a /* b */ c */ x -- y"), [
      "comment /* a /* b */ c */",
      "word x",
      "comment -- y",
    ]);
    assert.deepEqual(tokens("/* a /* b */ select"), [
      "comment /* a /* b */",
      "word select",
    ]);
    assert.deepEqual(tokens("# don't\nx"), ["comment # don't", "word x"]);
  });

  it("tells casts, structs and slices from parameters", () => {
    assert.deepEqual(kinds("x::int"), ["word", "operator", "word"]);
    assert.ok(!kinds("{'a':'b', 'c' :'d'}").includes("parameter"));
    assert.ok(!kinds("arr[1:n] arr[:n] col:field").includes("parameter"));
    assert.deepEqual(kinds(`:a :'b' :"c" ARRAY[:n]`), [
      ...[
        "parameter",
        "parameter",
        "parameter",
        "word",
        "punctuation",
        "parameter",
        "punctuation",
      ],
    ]);
  });

  it("tells operators from parameters", () => {
    assert.deepEqual(kinds("a ? 'k'"), ["word", "operator", "string"]);
    assert.deepEqual(kinds("x = ?"), ["word", "operator", "parameter"]);
    assert.deepEqual(kinds("x = %s"), ["word", "operator", "parameter"]);
    assert.deepEqual(kinds("x = %(pw)s"), ["word", "operator", "parameter"]);
    assert.deepEqual(kinds("5%s"), ["number", "operator", "word"]);
    assert.deepEqual(kinds("a @> b"), ["word", "operator", "word"]);
    assert.deepEqual(kinds("@v @@w"), ["parameter", "parameter"]);
    assert.deepEqual(tokens("x=:a y=>'b' z=-1"), [
      ...[
        "word x",
        "operator =",
        "parameter :a",
        "word y",
        "operator =>",
        "string 'b'",
      ],
      ...["word z", "operator =", "operator -", "number 1"],
    ]);
  });

  it("reads templates as one token", () => {
    assert.deepEqual(
      tokens(`{{ f('}') }} {% if a %} {# it's #} \${X} <%= y %>`),
      [
        ...[
          `template {{ f('}') }}`,
          "template {% if a %}",
          `template {# it's #}`,
        ],
        ...["template ${X}", "template <%= y %>"],
      ],
    );
    assert.ok(!kinds("where a <% b and c %> d").includes("template"));
    assert.ok(!kinds("{{ not closed").includes("template"));
  });

  it("reads lines of psql and of the DuckDB shell, and the rows of a COPY", () => {
    assert.deepEqual(tokens("\\set a b'c\nselect 1 \\gset\n.mode csv\nx"), [
      ...[
        "psqlMeta \\set a b'c",
        "word select",
        "number 1",
        "psqlMeta \\gset",
        "psqlMeta .mode csv",
      ],
      "word x",
    ]);
    assert.deepEqual(
      kinds("COPY t (a) FROM stdin;\n1\tit's\n\\.\nselect 'x'").slice(-3),
      [...["psqlMeta", "word", "string"]],
    );
    assert.deepEqual(tokens("'a\n\\x'"), ["string 'a\n\\x'"]);
  });

  it("finds the way back after a string that is not closed", () => {
    assert.deepEqual(tokens("select 'oops\n;\nCREATE USER x PASSWORD 'abc';"), [
      ...[
        "word select",
        "string 'oops !",
        "punctuation ;",
        "word CREATE",
        "word USER",
        "word x",
      ],
      ...["word PASSWORD", "string 'abc'", "punctuation ;"],
    ]);
    assert.deepEqual(tokens("'a\nb"), ["string 'a\nb !"]);
    // A closed string that holds SQL is left alone.
    assert.deepEqual(tokens("execute 'x;\ncreate table y'"), [
      "word execute",
      "string 'x;\ncreate table y'",
    ]);
  });

  it("is told more of it where a lint reads: a statement in the string's own line, and less plain ones", () => {
    const told = (text: string): string[] => tokens(text, lexTolerantly);
    assert.deepEqual(told("select 'a; set x = 'y';"), [
      ...["word select", "string 'a !", "punctuation ;"],
      ...["word set", "word x", "operator =", "string 'y'", "punctuation ;"],
    ]);
    assert.deepEqual(told("'\nset x = 'y';"), [
      ...["string ' !", "word set", "word x", "operator =", "string 'y'"],
      "punctuation ;",
    ]);
    assert.deepEqual(told('"\n\\set x y'), [
      'quotedIdentifier " !',
      "psqlMeta \\set x y",
    ]);
    assert.deepEqual(told("execute 'x; set y' as z"), [
      ...["word execute", "string 'x; set y'", "word as", "word z"],
    ]);
    // What is run is not cut so: the string may be right.
    assert.deepEqual(tokens("select 'a; set x = 1'y"), [
      ...["word select", "string 'a; set x = 1'", "word y"],
    ]);
  });

  it("covers every character but white space, in order, whatever the text", () => {
    const noise = fc.array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          ...[
            "'",
            '"',
            "$$",
            "$a$",
            "/*",
            "*/",
            "--",
            "\n",
            "\\",
            ";",
            "{{",
            "}}",
            "[",
            ":",
            "?",
            "E",
          ],
          ...[
            "select ",
            "create ",
            "`",
            "%(",
            "<%",
            "@",
            "COPY a FROM stdin;",
            "\n\\.",
            ".",
            "1e-",
          ],
        ),
      ),
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const text = parts.join("");
        let at = 0;
        for (const token of lex(text)) {
          assert.equal(
            text
              .slice(at, token.start)
              .trim()
              .replaceAll(/[\0-\x20\u3000]/g, ""),
            "",
          );
          assert.ok(token.end > token.start);
          at = token.end;
        }
        assert.equal(
          text
            .slice(at)
            .replaceAll(/[\0-\x20]/g, "")
            .trim(),
          "",
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("is linear on what invites it not to be", () => {
    const hostile = [
      "'",
      "{{",
      "/*",
      "/* /* */ ",
      "$a$ $b$ ",
      '"\ncreate ',
      "'\n;\ncreate ",
      "(",
      "\\",
      "${",
      "`",
      "<%= ",
    ];
    for (const unit of hostile) {
      const text = unit.repeat(Math.ceil(200_000 / unit.length));
      const begin = performance.now();
      lex(text);
      assert.ok(
        performance.now() - begin < 20_000,
        `slow on ${JSON.stringify(unit)}`,
      );
    }
  });
});
