import assert from "node:assert/strict";
import path from "node:path";
import {
  profilesCandidates,
  takenProfiles,
  type ProfilesSearch,
} from "../../../src/core/dbt/searchOrder";
import { findProfiles } from "../../../src/engine/dbt/profileFiles";
import { thrown } from "./profilesSupport";

const base = {
  profilesFolder: null,
  variable: undefined,
  folders: [path.resolve("/project")],
  home: path.resolve("/home/me"),
};
const candidates = (search: ProfilesSearch) => profilesCandidates(search, path);
const at = (...parts: readonly string[]) =>
  path.join(path.resolve("/"), ...parts, "profiles.yml");

describe("where profiles.yml is looked for", () => {
  it("is dbt's order: the project, then the home folder", () => {
    assert.deepEqual(candidates(base), [
      at("project"),
      at("home", "me", ".dbt"),
    ]);
  });

  it("is nowhere but in the folder that is named, the command line's before the variable's", () => {
    const named = { ...base, variable: "/elsewhere" };
    assert.deepEqual(candidates(named), [at("elsewhere")]);
    assert.deepEqual(candidates({ ...named, profilesFolder: "conf/dbt" }), [
      at("project", "conf", "dbt"),
    ]);
    assert.deepEqual(candidates({ ...base, variable: "~/x" }), [
      at("home", "me", "x"),
    ]);
    assert.equal(candidates({ ...base, variable: "" }).length, 2);
  });

  it("is every folder that dbt may be run in, each once", () => {
    const folders = [
      path.resolve("/b"),
      path.resolve("/a"),
      path.resolve("/b"),
    ];
    const search = { ...base, folders };
    const all = [at("b"), at("a"), at("home", "me", ".dbt")];
    assert.deepEqual(candidates(search), all);
    for (const file of all) {
      assert.equal(
        takenProfiles(search, path, (one) => one === file),
        file,
      );
    }
    assert.equal(
      takenProfiles(search, path, () => false),
      at("b"),
    );
    // From the first of them, or from home where there is none.
    assert.deepEqual(candidates({ ...search, variable: "x" }), [at("b", "x")]);
    assert.deepEqual(candidates({ ...base, folders: [], variable: "x" }), [
      at("home", "me", "x"),
    ]);
  });

  it("names every place when there is none", () => {
    const { class: kind, message } = thrown(() =>
      findProfiles({ ...base, folders: [path.resolve("/no-such-a")] }),
    );
    assert.equal(kind, "profileMissing");
    assert.ok(message.includes(at("no-such-a")), message);
    assert.ok(message.includes(at("home", "me", ".dbt")), message);
  });
});
