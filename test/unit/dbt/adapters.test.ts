import assert from "node:assert/strict";
import { profilesOf, targetOf } from "./profilesSupport";

describe("the adapter of an output", () => {
  it("is named when dbt has it, and no other word that stands behind type is repeated", () => {
    const profiles = profilesOf(
      `p:
  outputs:
    known: {type: snowflake}
    swallowed: {type: "x  password: hunter2"}
    variable: {type: "{{ env_var('PW') }}"}
`,
      { PW: "hunter2" },
    );
    const known = targetOf(profiles, "p", "known");
    assert.equal(known.type, "snowflake");
    assert.match(known.elsewhere ?? "", /^type: snowflake is another database/);
    for (const name of ["swallowed", "variable"]) {
      const target = targetOf(profiles, "p", name);
      assert.match(target.elsewhere ?? "", /^The type of this output is anoth/);
      assert.doesNotMatch(JSON.stringify(target), /hunter2/);
    }
  });
});
