import assert from "node:assert/strict";
import {
  classifyValue,
  type ValueClass,
} from "../../../src/core/credentials/classify";

describe("a value of the words of a variable", () => {
  const said = (value: string, key: string): ValueClass =>
    classifyValue(value, { key, language: "yaml" });
  it("says in YAML what belongs there", () => {
    for (const value of ["user_password", "db-password", "db_user_secret"]) {
      assert.equal(said(value, "password"), "placeholder", value);
    }
  });
  it("is what a variable is given", () => {
    assert.equal(said("db_password", "POSTGRES_PASSWORD"), "literal");
  });
  it("is a password where another word is in it", () => {
    for (const value of ["my_password", "shop_password", "userpassword"]) {
      assert.equal(said(value, "password"), "literal", value);
    }
  });
});
