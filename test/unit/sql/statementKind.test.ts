import assert from "node:assert/strict";
import { statementKind } from "../../../src/core/sql/statementKind";

describe("statementKind", () => {
  const kinds: readonly (readonly [text: string, kind: string])[] = [
    ["CREATE SECRET s (TYPE postgres)", "create secret"],
    ["create or replace persistent secret if not exists s ()", "create secret"],
    ["-- x\n/* y */ CREATE /* z */ TEMP TABLE t (a int)", "create table"],
    ["CREATE TABLE secret (a int)", "create table"],
    ["create materialized view v as select 1", "create materialized view"],
    ["CREATE USER MAPPING FOR u", "create user mapping"],
    ["drop secret s", "drop secret"],
    ["ATTACH '' AS x", "attach"],
    ["with a as (select 1) insert into t select 2", "insert"],
    ["with a as (insert into t values (1) returning 2) select 3", "select"],
    ["from t", "select"],
    ["((select 1))", "select"],
    ["select 'create secret'", "select"],
    ["", ""],
    ["42", ""],
  ];
  for (const [text, kind] of kinds) {
    it(`${JSON.stringify(text)} is ${JSON.stringify(kind)}`, () => {
      assert.equal(statementKind(text), kind);
    });
  }
});
