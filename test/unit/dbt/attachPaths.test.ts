import assert from "node:assert/strict";
import { exposesPassword } from "../../../src/core/dbt/attachEntries";

describe("the path of an attach entry", () => {
  it("is refused where it has a password, in any format's way to say so", () => {
    for (const path of [
      "mysql:host=h passwd=s3cretQ9",
      "host=h user=root passwd='s3cretQ9' port=3306",
      "mysql://u:s3/cretQ9@h/d",
      "ducklake:mysql:host=h passwd=s3cretQ9",
      "ducklake:postgres:dbname=x password=s3cretQ9",
      "ducklake:postgres:postgres://u:s3/cretQ9@h/d",
      "host=h password = s3cretQ9",
      "https://h/x.duckdb?token=ghp_0123456789abcdefghijABCDEFGHIJ012345",
    ]) {
      assert.ok(exposesPassword(path), path);
    }
  });

  it("is any other", () => {
    for (const path of [
      "",
      ":memory:",
      "data/a b@c.duckdb",
      "C:\\data\\x.duckdb",
      "sqlite:other.sqlite",
      "ducklake:meta.ducklake",
      "ducklake:postgres:dbname=x host=h",
      "mysql:host=h user=u",
      "s3://bucket/x.duckdb",
      "https://host:8080/x.duckdb",
      "postgres://u@h/d",
    ]) {
      assert.ok(!exposesPassword(path), path);
    }
  });
});
