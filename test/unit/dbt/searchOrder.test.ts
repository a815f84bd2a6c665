import assert from "node:assert/strict";
import path from "node:path";
import {
  findProfiles,
  profilesCandidates,
} from "../../../src/engine/dbt/profileFiles";
import { thrown } from "./profilesSupport";

const base = {
  profilesFolder: null,
  variable: undefined,
  projectFolder: path.resolve("/project"),
  home: path.resolve("/home/me"),
};
const at = (...parts: readonly string[]) =>
  path.join(path.resolve("/"), ...parts, "profiles.yml");

describe("where profiles.yml is looked for", () => {
  it("is dbt's order: the project, then the home folder", () => {
    assert.deepEqual(profilesCandidates(base), [
      at("project"),
      at("home", "me", ".dbt"),
    ]);
  });

  it("is nowhere but in the folder that is named, the command line's before the variable's", () => {
    const named = { ...base, variable: "/elsewhere" };
    assert.deepEqual(profilesCandidates(named), [at("elsewhere")]);
    assert.deepEqual(
      profilesCandidates({ ...named, profilesFolder: "conf/dbt" }),
      [at("project", "conf", "dbt")],
    );
    assert.deepEqual(profilesCandidates({ ...base, variable: "~/x" }), [
      at("home", "me", "x"),
    ]);
    assert.equal(profilesCandidates({ ...base, variable: "" }).length, 2);
  });

  it("names every place when there is none", () => {
    const { class: kind, message } = thrown(() =>
      findProfiles({ ...base, projectFolder: path.resolve("/no-such-a") }),
    );
    assert.equal(kind, "profileMissing");
    assert.ok(message.includes(at("no-such-a")), message);
    assert.ok(message.includes(at("home", "me", ".dbt")), message);
  });
});
