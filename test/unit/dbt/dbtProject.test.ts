import assert from "node:assert/strict";
import { projectProfileName } from "../../../src/core/dbt/readProfiles";

describe("dbt_project.yml", () => {
  it("reads the profile that a dbt_project.yml names", () => {
    const name = (text: string) =>
      projectProfileName(text, "/p/dbt_project.yml", {
        variable: (asked) => (asked === "P" ? "shop" : undefined),
        onSecret: () => undefined,
      });
    assert.equal(name("name: x\nprofile: 'jaffle shop'\n"), "jaffle shop");
    assert.equal(name("profile: \"{{ env_var('P') }}\"\n"), "shop");
    assert.equal(name("profile: \"{{ env_var('Q') }}\"\n"), null);
    assert.equal(name("name: x\n"), null);
    assert.equal(name("- not a mapping"), null);
  });
});
