import assert from "node:assert/strict";
import { JinjaFailure } from "../../../src/core/dbt/jinjaFailure";
import { renderJinja } from "../../../src/core/dbt/jinja";
import type { JinjaValue } from "../../../src/core/dbt/jinjaValue";

const environment: Readonly<Record<string, string>> = {
  HOST: "db.example",
  PORT: "5432",
  FLAG: "True",
  LOWER_FLAG: "true",
  LIST: "['httpfs', 'fts']",
  PADDED: "  x  ",
  NUMBERISH: "5432abc",
  EMPTY: "",
  DB_PASSWORD: "from-env",
  DBT_ENV_SECRET_PW: "hush-hush",
};

function render(template: string): JinjaValue {
  return renderJinja(template, {
    variable: (name) => environment[name],
    onSecret: () => undefined,
  });
}

function failure(template: string): JinjaFailure {
  try {
    render(template);
  } catch (error) {
    assert.ok(error instanceof JinjaFailure, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: `${template}: it did not fail` });
}

describe("the Jinja of profiles.yml", () => {
  const cases: readonly (readonly [string, JinjaValue])[] = [
    // As dbt's native rendering types them: env_var() is text, a filter may make a number of it.
    ["no Jinja at all }} %}", "no Jinja at all }} %}"],
    ["{{ env_var('HOST') }}", "db.example"],
    ["{{env_var('PORT')}}", "5432"],
    ["{{ env_var('PORT') | int }}", 5432],
    ["{{ env_var('PORT') | as_number }}", 5432],
    ["{{ env_var('PORT') | as_native }}", 5432],
    ["{{ env_var('PORT') | as_text }}", "5432"],
    ["{{ env_var('PORT') | int | as_text }}", "5432"],
    ["{{ env_var('FLAG') | as_bool }}", true],
    ["{{ (env_var('FLAG') | as_bool) }}", true],
    ["{{ env_var('LIST') | as_native }}", ["httpfs", "fts"]],
    ["{{ env_var('LOWER_FLAG') | as_native }}", "true"],
    ["{{ '1.5' | float }}", 1.5],
    ["{{ 5 }}", 5],
    ["{{ true }}", true],
    ["{{ none }}", null],
    // Defaults, by place and by name; an empty variable is there.
    ["{{ env_var('NOWHERE', 'x') }}", "x"],
    ["{{ env_var('NOWHERE', default='x') }}", "x"],
    ["{{ env_var(var='HOST') }}", "db.example"],
    ["{{ env_var('NOWHERE', 5432) }}", 5432],
    ['{{ env_var("NOWHERE", "5432") | int }}', 5432],
    ["{{ env_var('EMPTY', 'x') }}", ""],
    ["{{ env_var('EMPTY') | default('x', true) }}", "x"],
    ["{{ env_var('EMPTY') | default('x', boolean=true) }}", "x"],
    ["{{ env_var('NOWHERE', env_var('HOST')) }}", "db.example"],
    ["{{ var('x', 'y') }}", "y"],
    ["{{ undefined_name | default('z') }}", "z"],
    // Filters as in Jinja, which are not those of JavaScript.
    ["{{ env_var('NUMBERISH') | int }}", 0],
    ["{{ env_var('NUMBERISH') | int(7) }}", 7],
    ["{{ 'ff' | int(base=16) }}", 255],
    ["{{ '12.9' | int }}", 12],
    ["{{ env_var('PADDED') | trim | upper }}", "X"],
    ["{{ '/a/' | trim('/') }}", "a"],
    ["{{ env_var('HOST') | replace('.', '-') }}", "db-example"],
    ["{{ 'a.a.a' | replace('.', '', 1) }}", "aa.a"],
    ["{{ env_var('HOST').replace('.', '_').upper() }}", "DB_EXAMPLE"],
    ["{{ 'hello world' | title }}", "Hello World"],
    ["{{ 'p@ss/w' | urlencode }}", "p%40ss/w"],
    ["{{ env_var('HOST') | length }}", 10],
    // Operators.
    ["{{ env_var('PORT') | int + 1 }}", 5433],
    ["{{ env_var('HOST') ~ ':' ~ env_var('PORT') }}", "db.example:5432"],
    ["{{ 'a' if env_var('FLAG') == 'True' else 'b' }}", "a"],
    ["{{ env_var('LOWER_FLAG') | lower == 'true' }}", true],
    ["{{ env_var('EMPTY') or 'other' }}", "other"],
    // Text around a tag makes text of all.
    [
      "postgres://{{ env_var('HOST') }}:{{ env_var('PORT') | int }}/x",
      "postgres://db.example:5432/x",
    ],
    ["x{{ true }}{{ none }}", "xTrueNone"],
    ["x{{ env_var('FLAG') | as_bool }}", "xTrue"],
    ["{# a comment with {{ in it #}{{ env_var('PORT') | int }}", 5432],
    ["a {{- env_var('HOST') -}} b", "adb.exampleb"],
    ["{% if env_var('FLAG') == 'True' %}yes{% else %}no{% endif %}", "yes"],
    ["{% set h = env_var('HOST') %}{{ h }}!", "db.example!"],
    ["a block scalar's end\n", "a block scalar's end"],
    // Quotes, brackets and backslashes inside of texts.
    ["{{ 'C:\\data\\new.duckdb' }}", "C:\\data\new.duckdb"],
    ["{{ 'a }} b' }}", "a }} b"],
    ["{{ {'a': {'b': 1}} }}", { a: { b: 1 } }],
    // dbt's secrets.
    ["{{ env_var('DBT_ENV_SECRET_PW') }}", "hush-hush"],
    ["pw={{ env_var('DBT_ENV_SECRET_PW') }};", "pw=hush-hush;"],
  ];
  for (const [template, expected] of cases) {
    it(`evaluates ${JSON.stringify(template)}`, () => {
      assert.deepEqual(render(template), expected);
    });
  }

  it("says in dbt's words which variable is missing, and where", () => {
    const { errorClass, message, at } = failure(
      "{{ env_var('HOST') }} {{ env_var('NOWHERE') | int }}",
    );
    assert.equal(errorClass, "variableMissing");
    assert.equal(message, "Env var required but not provided: 'NOWHERE'");
    assert.equal(at, 22);
  });

  it("reads the inner env_var() even where the outer one needs no default, as Python does", () => {
    assert.equal(
      failure("{{ env_var('HOST', env_var('NOWHERE')) }}").errorClass,
      "variableMissing",
    );
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ["{{ env_var('HOST'", /not closed/],
    ["{{ env_var('HOST }}", /no closing quote/],
    ["{{", /not closed/],
    ["{% if true %}x", /cannot be evaluated/],
    ["{{ }}", /cannot be evaluated/],
    ["{{ 1 2 }}", /cannot be evaluated/],
    ["{{ target.name }}", /not defined.*no target/],
    ["{{ ref('x') }}", /env_var\(\) and var\(\)/],
    ["{{ range(1000000000) }}", /no function of this name/],
    ["{% for i in [1] %}x{% endfor %}", /\{% for %\}/],
    ["{% macro m() %}{% endmacro %}", /\{% macro %\}/],
    ["{{ var('x') }}", /Required var 'x' not found: there is no --vars/],
    ["{{ env_var }}", /not called/],
    ["{{ env_var(5) }}", /name of a variable/],
    ["{{ env_var() }}", /name of a variable/],
    ["{{ env_var('HOST', 'x', 'y') }}", /arguments that it does not have/],
    ["{{ env_var('HOST', nope='x') }}", /arguments that it does not have/],
    ["{{ env_var('HOST') | nofilter }}", /no filter of this name/],
    ["{{ env_var('HOST') | batch }}", /The filter batch is not offered/],
    ["{{ env_var('HOST') | as_bool }}", /into type 'bool'/],
    ["{{ env_var('HOST') | as_number }}", /into type 'number'/],
    ["{{ env_var('LOWER_FLAG') | as_bool }}", /into type 'bool'/],
    ["{{ env_var('HOST') | abs }}", /needs a number/],
    [
      "{{ env_var('DBT_ENV_SECRET_PW') | upper }}",
      /cannot go through a filter/,
    ],
    [
      "{{ env_var('DBT_ENV_SECRET_PW')[0:21] }}",
      /cannot (?:go through|be evaluated)/,
    ],
    [`{{ 'a'${" | replace('a', 'aa')".repeat(40)} }}`, /too long/],
    [`{{ ${"(".repeat(4000)}1${")".repeat(4000)} }}`, /cannot be evaluated/],
    [`${"x".repeat(20_000)}{{ 1 }}`, /too long/],
  ];
  for (const [template, expected] of wrong) {
    it(`refuses ${JSON.stringify(template.slice(0, 60))}`, () => {
      const { message, at } = failure(template);
      assert.match(message, expected);
      assert.ok(!/hush|from-env|db\.example/.test(message), message);
      assert.ok(at !== null || template.length > 10_000);
    });
  }

  it("does not repeat what stands where the name of a variable belongs", () => {
    const { message } = failure("{{ env_var('hunter2!') }}");
    assert.equal(message, "Env var required but not provided");
  });

  it("tells of the values that have to be hidden, and of no others", () => {
    const secrets: string[] = [];
    for (const name of ["HOST", "DB_PASSWORD", "DBT_ENV_SECRET_PW"]) {
      renderJinja(`{{ env_var('${name}') }}`, {
        variable: (asked) => environment[asked],
        onSecret: (secret) => secrets.push(secret),
      });
    }
    assert.deepEqual(secrets, ["from-env", "hush-hush"]);
  });
});
