import assert from "node:assert/strict";
import { withTargetFiles } from "../../../src/core/dbt/targetFiles";
import { Profiles } from "../../../src/core/dbt/readProfiles";

describe("env files of a target", () => {
  it("come right after each", () => {
    const files = ["/a/.env", "/b/.env"];
    assert.deepEqual(withTargetFiles(files, "dev"), [
      "/a/.env",
      "/a/.env.dev",
      "/b/.env",
      "/b/.env.dev",
    ]);
    assert.equal(withTargetFiles(files, null), files);
    assert.equal(withTargetFiles(files, ""), files);
  });

  it("are not read twice when they are named, and keep their place", () => {
    assert.deepEqual(withTargetFiles(["/a/.env", "/a/.env.dev"], "dev"), [
      "/a/.env",
      "/a/.env.dev",
      "/a/.env.dev.dev",
    ]);
  });

  it("lie beside the others, whatever a target is called", () => {
    const files = ["/a/.env"];
    assert.equal(withTargetFiles(files, "/../../x"), files);
    assert.equal(withTargetFiles(files, "..\\x"), files);
  });

  it("count for the outputs of that target only, and not for its name", () => {
    const asked: string[] = [];
    const text = `p:
  target: "{{ env_var('WHICH') }}"
  outputs:
    dev: {type: duckdb, path: "{{ env_var('FILE') }}"}
    prod: {type: duckdb, path: "{{ env_var('FILE') }}"}
`;
    const profiles = new Profiles(text, "/project/profiles.yml", {
      variable: (name, target) => {
        asked.push(`${name} ${target ?? "-"}`);
        return name === "WHICH" ? "dev" : `${target ?? "none"}.duckdb`;
      },
      onSecret: () => undefined,
      resolvePath: (path) => `/project/${path}`,
    });
    const [profile] = profiles.list();
    assert.equal(profile?.defaultTarget, "dev");
    assert.deepEqual(
      profile.targets.map(({ database }) => database),
      ["/project/dev.duckdb", "/project/prod.duckdb"],
    );
    assert.equal(profiles.output("p", null).target, "dev");
    assert.deepEqual([...new Set(asked)].sort(), [
      "FILE dev",
      "FILE prod",
      "WHICH -",
    ]);
  });
});
