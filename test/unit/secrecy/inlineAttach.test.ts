import assert from "node:assert/strict";
import fc from "fast-check";
import {
  applyEdits,
  offsetBefore,
  type Edit,
} from "../../../src/core/secrecy/edits";
import { readInlineAttach } from "../../../src/core/secrecy/inlineAttach";

/** The statement as DuckDB gets it. */
function rewritten(sql: string): string {
  const attach = readInlineAttach(sql);
  assert.ok(attach, sql);
  return applyEdits(sql, attach.edits("s"));
}

describe("an ATTACH with a password", () => {
  it("keeps everything of it but the password", () => {
    const cases: readonly (readonly [string, string])[] = [
      [
        "ATTACH 'postgresql://user:pass@localhost:5432/database' AS source_memories (TYPE POSTGRES);",
        "ATTACH 'user=''user'' host=''localhost'' port=''5432'' dbname=''database''' AS source_memories (SECRET \"s\", TYPE POSTGRES);",
      ],
      [
        "attach or replace 'postgres:host=h password=p4ssw0rd' as x",
        "attach or replace 'host=''h''' as x (TYPE postgres, SECRET \"s\")",
      ],
      [
        "ATTACH IF NOT EXISTS 'dbname=d password=''a b''' (TYPE postgres, READ_ONLY)",
        "ATTACH IF NOT EXISTS 'dbname=''d''' AS",
      ],
    ];
    for (const [sql, expected] of cases) {
      const text = rewritten(sql);
      assert.ok(
        sameWords(text).startsWith(sameWords(expected)),
        `${sql}\n${text}`,
      );
    }
  });

  it("is left alone without a password, and when it is another statement", () => {
    for (const sql of [
      "ATTACH '' AS x (TYPE POSTGRES, SECRET s)",
      "ATTACH 'host=h user=u' AS x (TYPE postgres)",
      "ATTACH 'memory.duckdb'",
      "SELECT 'postgresql://u:p@h/d'",
      "-- ATTACH 'postgresql://u:p4ss@h/d' AS x (TYPE postgres)",
      "",
    ]) {
      assert.equal(readInlineAttach(sql), null, sql);
    }
  });

  it("never has the password in it afterwards, whatever its characters and its quotes", () => {
    const quotes: readonly ((text: string) => string)[] = [
      (text) => `'${text.replaceAll("'", "''")}'`,
      (text) => `E'${text.replace(/[\\']/g, "\\$&")}'`,
      (text) => `$q$${text}$q$`,
    ];
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9 '"\\@:/?#%é$&+=]{6,24}$/),
        fc.nat(quotes.length - 1),
        fc.boolean(),
        (password, quote, isUri) => {
          const secret = `S3${password}x`;
          const text = isUri
            ? `postgresql://ana:${encodeURIComponent(secret)}@db.example:5432/shop?sslmode=require`
            : `host=db.example user=ana dbname=shop sslmode=require password='${secret.replace(/[\\']/g, "\\$&")}'`;
          fc.pre(quote !== 2 || !text.includes("$q$"));
          const sql = `ATTACH ${quotes[quote]?.(text) ?? ""} AS shop (TYPE postgres, READ_ONLY)`;
          const attach = readInlineAttach(sql);
          assert.equal(attach?.secrets.get("password"), secret);
          const safe = applyEdits(sql, attach.edits("s"));
          for (const form of [secret, encodeURIComponent(secret)]) {
            assert.ok(!safe.includes(form), safe);
          }
          for (const kept of ["db.example", "ana", "require", "READ_ONLY"]) {
            assert.ok(safe.includes(kept), safe);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("is refused where formats stand before the connection, as DuckDB would show it", () => {
    for (const path of [
      "ducklake:postgres:postgres://u:s3/cretQ9@h/d",
      "ducklake:postgres:password=s3cretQ9",
    ]) {
      assert.throws(
        () => readInlineAttach(`ATTACH '${path}' AS x`),
        (error: Error) => !error.message.includes("s3"),
        path,
      );
    }
  });

  it("is no reason to fail, whatever the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        try {
          readInlineAttach(`ATTACH ${text}`);
        } catch (error) {
          assert.equal((error as Error).name, "ViaductError", text);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("edits of a statement", () => {
  it("know where an offset was before", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), fc.nat(5), fc.string({ maxLength: 6 }))),
        (text, drafts) => {
          const edits = ordered(text, drafts);
          const edited = applyEdits(text, edits);
          // A character that no edit has touched is found where it was.
          let at = 0;
          let shift = 0;
          for (const { start, end, text: put } of [
            ...edits,
            { start: text.length, end: text.length, text: "" },
          ]) {
            for (let before = at; before < start; before++) {
              assert.equal(edited[before + shift], text[before]);
              assert.equal(offsetBefore(edits, before + shift), before);
            }
            shift += put.length - (end - start);
            at = end;
          }
        },
      ),
    );
  });
});

function ordered(
  text: string,
  drafts: readonly (readonly [number, number, string])[],
): Edit[] {
  const edits: Edit[] = [];
  for (const [start, length, put] of [...drafts].sort((a, b) => a[0] - b[0])) {
    const end = start + length;
    if (end <= text.length && start >= (edits.at(-1)?.end ?? -1) + 1) {
      edits.push({ start, end, text: put });
    }
  }
  return edits;
}

/** Pairs of a connection string may come in another order. */
function sameWords(sql: string): string {
  return sql.replace(/'((?:[^']|'')*)'/g, (_, pairs: string) =>
    [...pairs.matchAll(/(\w+)=''(.*?)''/g)]
      .map(([pair]) => pair)
      .sort()
      .join(" "),
  );
}
