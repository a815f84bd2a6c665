import assert from "node:assert/strict";
import fc from "fast-check";
import { lint } from "../../../src/core/credentials/lint";
import { templateCode } from "../../../src/core/credentials/yaml/templateCode";

/** The text with what is code of a template as `_`. */
function shown(text: string): string {
  const isCode = templateCode(text);
  return text
    .split("")
    .map((unit, offset) => (isCode(offset) ? "_" : unit))
    .join("");
}

function found(text: string): string[] {
  return lint(text, "yaml").map(({ range }) =>
    text.slice(range.start, range.end),
  );
}

describe("the code of templates in YAML", () => {
  const table: readonly (readonly [text: string, code: string])[] = [
    ["a {{ b }} c", "a _____}} c"],
    ["{%- if a\n b %}", "____________%}"],
    ["{{ a('b c') }}", "_____'b c'__}}"],
    ["{{ {'a': {b: c}} }} d", "____'a'__________}} d"],
    [String.raw`"{{ a(\"b\") }}"`, String.raw`"_____\"b\"__}}"`],
    ["'{{ a(''b c'', '''') }}'", "'_____''b c''__''''__}}'"],
    ["{{ a\nb: c", "{{ a\nb: c"],
    ["{{ a\nb: c\n{{ d }}", "{{ a\nb: c\n_____}}"],
    ["{a: {b: {c: d}}}", "{a: {b: {c: d}}}"],
    ["{{{ a }}}", "_______}}"],
  ];
  for (const [text, code] of table) {
    it(`is told in ${JSON.stringify(text)}`, () => {
      assert.equal(shown(text), code);
    });
  }

  it("is no literal over several lines of a block scalar", () => {
    const text = [
      "- set_fact:",
      "    x: |",
      '      {%- if systems.update({hostvars[array]["url"]: {',
      '          "proxy_password": hostvars[array]["eseries_proxy_api_password"],',
      '          "api_token": token_of_array,',
      '          "ssid": 1}}) %}',
      "      {%- endif %}",
      "      {{ connect(",
      "        host=h, password=array.pw,",
      "        db_password=lookup_it) }}",
      "",
    ].join("\n");
    assert.deepEqual(found(text), []);
  });

  it("leaves what is a string in it, and what is around it", () => {
    const text = [
      "x: |",
      "  {% set db = {",
      "    'password': 'k7Lp0q2',",
      "    'secret': pillar['secret'],",
      "    'url': 'postgres://u:m9Xw4Zr8@h/d',",
      "  } %}",
      "  password: Tn5Vb3Hs",
      "y: {{ unfinished",
      "password: Jd1Fg0Ya",
      "z: \"{{ env_var('DB_PASSWORD', 'Qe4Rt6Yu') }}\"",
      "",
    ].join("\n");
    assert.deepEqual(found(text), [
      "k7Lp0q2",
      "m9Xw4Zr8",
      "Tn5Vb3Hs",
      "Jd1Fg0Ya",
      "Qe4Rt6Yu",
    ]);
  });

  it("is only where a template opens and closes, in any text", () => {
    const pieces = fc.constantFrom(
      ..."{{|}}|{%|%}|{|}|'|\"|''|\\\"|`|a|\n| |:|,".split("|"),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        const code = shown(text);
        assert.equal(code.length, text.length);
        const isWhole = /(?:\{\{[^]*\}\}|\{%[^]*%\})/.test(text);
        assert.ok(isWhole || code === text, JSON.stringify(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("takes time in proportion to the text", () => {
    for (const piece of ["{{ '", "{{", '{% "{{ ', '{{ \\"', "{{ ''x"]) {
      const text = piece.repeat(200_000);
      assert.equal(templateCode(text)(text.length), false);
    }
  });
});
