import assert from "node:assert/strict";
import fc from "fast-check";
import { splitStatements, statementAt } from "../../../src/core/sql/statements";

function texts(text: string): string[] {
  return splitStatements(text).map((statement) => statement.text);
}

/** The statement that is meant where `|` stands. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return statementAt(splitStatements(text), offset)?.text;
}

describe("splitStatements", () => {
  it("leaves comments around, psql lines and empty statements out", () => {
    assert.deepEqual(
      texts("-- a\nselect 1; -- b\n;;/* c */ select /* d */ 2 ;\n\\d x\n"),
      ["select 1", "select /* d */ 2"],
    );
  });

  it("keeps bodies together", () => {
    const body =
      "create function f() returns int begin atomic select case when a then 1 end; select 2; end";
    assert.deepEqual(texts(`${body}; select 3`), [body, "select 3"]);
    const nested = `DO $a$ begin execute $$select 1; select 2$$; end $a$`;
    assert.deepEqual(texts(`${nested}; select ';'`), [nested, `select ';'`]);
    const rule =
      "create or replace rule r as on insert to x do (delete from a; delete from b)";
    assert.deepEqual(texts(`${rule}; select 1`), [rule, "select 1"]);
  });

  it("takes no piece of a string for a statement, whatever is in it and sticks to it", () => {
    const inside = fc
      .array(
        fc.constantFrom(
          ...[
            "drop table t",
            ";",
            "\n",
            " ",
            "select 1",
            "delete from t",
            "--",
          ],
          ...[
            "\\set x y",
            "'",
            "copy t from stdin",
            "create user a",
            "/*",
            "$$",
          ],
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join("").replaceAll("'", "''"));
    const behind = fc.constantFrom("", "as a", "a", "from t", " as a", "and b");
    fc.assert(
      fc.property(inside, behind, (text, rest) => {
        const sql = `select '${text}'${rest}`;
        assert.deepEqual(texts(`${sql};\nselect 2;`), [sql, "select 2"]);
      }),
      { numRuns: 1000 },
    );
    // One that is not closed holds nothing that is run by itself from its own line.
    const typed = "insert into log values ('he said; drop table t";
    assert.deepEqual(texts(typed), [typed]);
    // What is still being typed further down changes nothing about a string that is right.
    const script =
      "select dblink_exec('c', '\ndrop table a;\ndrop table b;\n')";
    assert.deepEqual(texts(`${script};\nselect 'abc`), [script, "select 'abc"]);
  });

  it("is not led astray by an open parenthesis", () => {
    assert.deepEqual(texts("select (1; select 2"), ["select (1", "select 2"]);
  });

  it("ends a statement at \\gset", () => {
    assert.deepEqual(texts("select 1 as a \\gset\nselect 2"), [
      "select 1 as a",
      "select 2",
    ]);
  });

  it("gives ranges of the text, in order", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "select 1",
            ";",
            "\n",
            "'",
            "$$",
            "--",
            " ",
            "(",
            "x",
          ),
        ),
        (parts) => {
          const text = parts.join("");
          let end = 0;
          for (const each of splitStatements(text)) {
            assert.equal(each.text, text.slice(each.start, each.end));
            assert.ok(
              each.ownsFrom <= each.start && each.end <= each.ownsTo,
              JSON.stringify(each),
            );
            assert.ok(
              each.start >= end &&
                each.text.trimStart() === each.text &&
                each.text !== "",
            );
            end = each.end;
          }
        },
      ),
    );
  });
});

describe("statementAt", () => {
  it("knows the statement around, at both ends and right after its semicolon", () => {
    assert.equal(at("sel|ect 1; select 2"), "select 1");
    assert.equal(at("|select 1"), "select 1");
    assert.equal(at("select 1|; select 2"), "select 1");
    assert.equal(at("select 1;|\n\nselect 2"), "select 1");
    assert.equal(at("select 1;  -- done|\n\nselect 2"), "select 1");
    assert.equal(at("select 1; |select 2"), "select 2");
  });

  it("takes the comments right above as part of it", () => {
    assert.equal(at("select 1;\n\n-- what| this does\nselect 2"), "select 2");
    assert.equal(at("select 1;\n  | select 2"), "select 2");
  });

  it("means none on a line between", () => {
    assert.equal(at("select 1;\n|\nselect 2"), undefined);
    assert.equal(at("select 1;\n\n-- header|\n\nselect 2"), undefined);
    assert.equal(at("|"), undefined);
  });
});
