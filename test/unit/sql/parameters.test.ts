import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits, offsetBefore } from "../../../src/core/secrecy/edits";
import { bindable } from "../../../src/core/sql/bindable";
import {
  findParameters,
  type SqlDialect,
} from "../../../src/core/sql/parameters";

/** The statement as its engine gets it, and its parameters: `!` behind one that is a secret. */
function bound(dialect: SqlDialect, sql: string): readonly string[] {
  const { sql: written, parameters } = bindable(sql, dialect);
  return [
    written,
    ...parameters.map(
      ({ key, isSecret, bound: name }) =>
        `${key}${isSecret ? "!" : ""}=${name}`,
    ),
  ];
}

const dialects: readonly SqlDialect[] = ["duckdb", "postgres"];

describe("the parameters of a statement", () => {
  it("are $name and :name, one whatever its sign and its case", () => {
    const sql = "SELECT :a, $A, :b::int WHERE x=:d AND y IN (:a, :é)";
    assert.deepEqual(bound("duckdb", sql), [
      "SELECT $a, $A, $b::int WHERE x=$d AND y IN ($a, $é)",
      ...["a=a", "b=b", "d=d", "é=é"],
    ]);
    assert.deepEqual(bound("postgres", sql), [
      "SELECT $1, $1, $2::int WHERE x=$3 AND y IN ($1, $4)",
      ...["a=1", "b=2", "d=3", "é=4"],
    ]);
  });

  it("are numbers and question marks, which stay as they are where the engine has them", () => {
    assert.deepEqual(bound("duckdb", "SELECT ?, ?||'x'"), [
      "SELECT ?, ?||'x'",
      ...["?1=1", "?2=2"],
    ]);
    for (const dialect of dialects) {
      assert.deepEqual(bound(dialect, "SELECT $2, $1, $2"), [
        "SELECT $2, $1, $2",
        ...["2=2", "1=1"],
      ]);
    }
    assert.deepEqual(bound("postgres", "INSERT INTO t VALUES (?, ?,?)"), [
      "INSERT INTO t VALUES ($1, $2,$3)",
      ...["?1=1", "?2=2", "?3=3"],
    ]);
  });

  it("get numbers where they are mixed, have gaps, or would not be one name", () => {
    assert.deepEqual(bound("duckdb", "SELECT $a, ?, $7, $3"), [
      "SELECT $3, $4, $2, $1",
      ...["a=3", "?1=4", "7=2", "3=1"],
    ]);
    assert.deepEqual(bound("duckdb", "SELECT :a$b, ?1, ?1"), [
      "SELECT $2, $1, $1",
      ...["a$b=2", "1=1"],
    ]);
    assert.deepEqual(bound("duckdb", "SELECT $01, $1"), [
      "SELECT $1, $1",
      "1=1",
    ]);
    assert.deepEqual(bound("postgres", "SELECT $2::int"), [
      "SELECT $1::int",
      "2=1",
    ]);
  });

  it("do not grow together with what they stick to", () => {
    assert.equal(bindable("FROM t LIMIT:n", "duckdb").sql, "FROM t LIMIT $n");
    assert.equal(
      bindable("SELECT 1 WHERE a=?AND b=$7AND c LIMIT?", "postgres").sql,
      "SELECT 1 WHERE a=$2 AND b=$1 AND c LIMIT $3",
    );
  });

  it("are secrets by their names, and by what they are compared with", () => {
    const sql = "SELECT 1 WHERE a = :password AND token = ? AND c = :c";
    const names = findParameters(sql, "duckdb").map(
      ({ key, isSecret }) => `${key} ${String(isSecret)}`,
    );
    assert.deepEqual(names, ["password true", "?1 true", "c false"]);
  });

  it("stand wherever a value may", () => {
    const sql =
      "SELECT DISTINCT :a, [:b, :c], {'k': :d}, ARRAY[:e], -:f, CASE WHEN :g THEN :h ELSE :i END, x[f(:j)], " +
      "substring(s FROM :k FOR :l) FROM t WHERE NOT :m AND x BETWEEN :n AND :o OR y NOT LIKE :p ESCAPE :q " +
      "GROUP BY :r HAVING :s ORDER BY :t LIMIT :u OFFSET :v";
    const keys = findParameters(sql, "duckdb").map(({ key }) => key);
    assert.equal(keys.join(""), "abcdefghijklmnopqrstuv");
  });

  it("are not what is quoted, commented, or left to other programs", () => {
    for (const dialect of dialects) {
      for (const sql of [
        "SELECT ':a', \":b\", E'\\':c', 'it''s :d ? $1' -- :e ? $1\n/* :f /* ? */ $1 */",
        "SELECT $$ :a $1 ? $$, $tag$ $2 :b $tag$",
        "SELECT '{{ :a }}', {{ var(':b') }}, ${name}",
        "SELECT a$1, été$x",
      ]) {
        assert.deepEqual(bound(dialect, sql), [sql], sql);
      }
    }
  });

  it("are not the colons of casts, slices, structs, lambdas and prefix aliases", () => {
    for (const sql of [
      "SELECT a::int, a ::int, a:: int, l[1:n], l[:n], l[1 :n], l[1: n], l[:], l[1:n:2], l[1:-:n], l[:-:n], l[f(x) :n]",
      'SELECT (l)[:n], "l"[:n], l[1][:n], t.l[:n], [1, 2][:n], l[ /* x */ :n], l[1::n], l[1: :n]',
      "SELECT {'k':v}, {'k' :v}, {k :v}, MAP {k :v}, {'k': {'j' :v}}",
      "SELECT a: 1, b :c, \"d\" :e, 'f' :g, between :h, values :i, x AS y FROM t :u JOIN v :w ON true",
      "SELECT list_transform(l, lambda x : x + 1), list_transform(l, lambda x :y)",
      "SELECT j:field, j:a.b, f(a := 1), t.limit :x",
      "PREPARE p AS SELECT $1, ?",
      "CREATE OR REPLACE TEMP MACRO m(a) AS a + $1",
    ]) {
      assert.deepEqual(bound("duckdb", sql), [sql], sql);
    }
  });

  it("are not PostgreSQL's operators, nor those of a function or a prepared statement", () => {
    for (const sql of [
      "SELECT a ? b, a ? 'k', a ?| array['x'], a ?& b, d @? '$.x', ?- l, ?| l, a ?-| b, a ?# b, a ?|| b",
      "SELECT (a) ? b, a[1] ? b, a->'x' ? b, f(a)?b, a ?",
      "SELECT a[1:n], a[:n], JSON_OBJECT('k' :v, k :v)",
      "CREATE OR REPLACE FUNCTION f(int) RETURNS int RETURN $1",
      "CREATE PROCEDURE p(int) BEGIN ATOMIC INSERT INTO t VALUES ($1)",
      "PREPARE p(int) AS SELECT $1",
    ]) {
      assert.deepEqual(bound("postgres", sql), [sql], sql);
    }
  });

  it("are PostgreSQL's question marks where no operator can be", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["SELECT a ? ?, d @? ? AND b", "SELECT a ? $1, d @? $2 AND b"],
      ["SELECT ? ? ?", "SELECT $1 ? $2"],
      [
        "WHERE a=? AND b IN (?,?) OR c=?",
        "WHERE a=$1 AND b IN ($2,$3) OR c=$4",
      ],
      ["SELECT a ?& :k, a ? :n, ?::int", "SELECT a ?& $1, a ? $2, $3::int"],
    ];
    for (const [sql, expected] of cases) {
      assert.equal(bindable(sql, "postgres").sql, expected);
    }
  });
});

/** Pieces of statements that have no parameter in them, in any order. */
const plain = fc
  .array(
    fc.constantFrom(
      ...["SELECT ", "a", " b ", "::int", "'x:y ?'", "$$ :q $$", "l[1:n]"],
      ...["{'k': v}", ",", " FROM t ", "-- :c ?\n", '"d:e"', "(", ")", " + "],
      ...["1", " x: 1", "/* $1 */", " E'\\' :z'", "\r\n", "é", "lambda x: y"],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.oneof(
        plain,
        fc.constantFrom(..."$:?[]{}()'\"\\-@|&,; \nab1é".split("")),
        fc.constantFrom("$1", ":a", "?", "$a", "?1", "=?", "LIMIT:n", "$a$"),
      ),
    )
    .map((parts) => parts.join("")),
);

describe("any statement", () => {
  it("without parameters stays as it is", () => {
    fc.assert(
      fc.property(plain, fc.constantFrom(...dialects), (sql, dialect) => {
        assert.deepEqual(bound(dialect, sql), [sql]);
      }),
    );
  });

  it("keeps all that is not a parameter, and leads positions back", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...dialects), (sql, dialect) => {
        const { sql: written, edits } = bindable(sql, dialect);
        assert.equal(applyEdits(sql, edits), written);
        let shift = 0;
        let at = 0;
        for (const { start, end, text } of edits) {
          assert.ok(start >= at && /^[$:?]/.test(sql.slice(start)));
          for (let offset = at; offset < start; offset++) {
            assert.equal(offsetBefore(edits, offset + shift), offset);
          }
          assert.equal(offsetBefore(edits, start + shift), start);
          shift += text.length - (end - start);
          at = end;
        }
      }),
    );
  });
});
