import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inRepository } from "../support/paths";

interface Entry {
  readonly version: string;
  readonly resolved?: string;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(
  readFileSync(inRepository("package-lock.json"), "utf8"),
) as { packages: Readonly<Record<string, Entry>> };

const platforms = [
  "darwin-arm64",
  "darwin-x64",
  "linux-arm64",
  "linux-x64",
  "win32-arm64",
  "win32-x64",
];

describe("the lockfile", () => {
  it("has DuckDB's binding for all six platforms, at one version", () => {
    const wanted = packages["node_modules/@duckdb/node-api"]?.version;
    assert.equal(
      packages["node_modules/@duckdb/node-bindings"]?.version,
      wanted,
    );
    for (const platform of platforms) {
      const name = `node_modules/@duckdb/node-bindings-${platform}`;
      assert.equal(packages[name]?.version, wanted, name);
    }
  });

  it("names no registry: each machine uses its own", () => {
    const named = Object.entries(packages).filter(
      ([, { resolved }]) => resolved !== undefined,
    );
    assert.deepEqual(named, []);
  });

  it("and package.json pin every version exactly", () => {
    const manifest = JSON.parse(
      readFileSync(inRepository("package.json"), "utf8"),
    ) as Manifest;
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(all)) {
      assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
      assert.equal(packages[`node_modules/${name}`]?.version, version, name);
    }
  });
});
