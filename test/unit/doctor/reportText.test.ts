import assert from "node:assert/strict";
import fc from "fast-check";
import { checklist } from "../../../src/core/doctor/checklist";
import type { DoctorReport } from "../../../src/core/doctor/report";
import {
  groupChecks,
  reportMarkdown,
  reportText,
} from "../../../src/core/doctor/reportText";
import { readerRoleSql } from "../../../src/core/doctor/readerRole";
import { factsWith } from "../../support/doctorFacts";

function oneCheck(reason: string, sql?: string): DoctorReport {
  return {
    checks: [
      {
        id: "server.locks",
        subject: "shop",
        title: "Locks",
        status: "warn",
        reason,
        fixes: [],
        ...(sql === undefined ? {} : { sql }),
      },
    ],
  };
}

describe("the doctor's report as text", () => {
  it("has a group for DuckDB, its file, extensions, and each attachment", () => {
    const titles = groupChecks(checklist(factsWith())).map(
      ({ title }) => title,
    );
    assert.deepEqual(titles, [
      "DuckDB",
      "DuckDB file",
      "Extensions",
      "source_memories",
    ]);
  });

  it("keeps an attachment apart that is called like a group", () => {
    const facts = factsWith({ attachment: { alias: "engine" } });
    assert.equal(groupChecks(checklist(facts)).length, 4);
  });

  it("has no character that a terminal would act on, whatever a server says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (reason) => {
        const text = reportText(oneCheck(reason, reason));
        // eslint-disable-next-line no-control-regex -- these are what is looked for
        assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f]/);
      }),
    );
  });

  it("cannot be broken out of in Markdown", () => {
    const text = reportMarkdown(
      oneCheck("a [link](http://x) <b>`c`", "SELECT '```';\n````"),
    );
    assert.ok(text.includes("a \\[link\\](http://x) \\<b\\>\\`c\\`"));
    assert.ok(text.includes("  `````sql\n  SELECT '```';\n  ````\n  `````"));
  });
});

describe("the role that can only SELECT", () => {
  it("has its names quoted, and no longer than PostgreSQL takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (user) => {
        const sql = readerRoleSql({
          user,
          database: 'd"b',
          schemas: ['s"1'],
          publicCreateSchemas: [],
        });
        const [, name] = /^CREATE ROLE "((?:[^"]|"")*)" LOGIN/m.exec(sql) ?? [];
        assert.ok(name !== undefined && name.endsWith("_reader"));
        assert.ok(Buffer.byteLength(name.replaceAll('""', '"')) <= 63);
        assert.ok(sql.includes('DATABASE "d""b"'));
        assert.ok(sql.includes('SCHEMA "s""1"'));
      }),
    );
  });
});
