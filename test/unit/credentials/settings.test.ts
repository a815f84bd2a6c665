import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { allowedValue } from "../../../src/core/credentials/fingerprint";
import {
  defaultLintSettings,
  readLintSettings,
} from "../../../src/core/credentials/lintSettings";
import { rules } from "../../../src/core/credentials/rules";
import { deriveHash } from "../../../src/files/deriveHash";
import { inRepository } from "../../support/paths";

interface Property {
  readonly default: unknown;
  readonly propertyNames?: { readonly enum: readonly string[] };
  readonly items?: { readonly pattern?: string };
}

const manifest = JSON.parse(
  readFileSync(inRepository("package.json"), "utf8"),
) as {
  contributes: {
    configuration: { properties: Readonly<Record<string, Property>> };
  };
};
const { properties } = manifest.contributes.configuration;

describe("the lint's settings", () => {
  it("are in the manifest with their defaults and every rule", () => {
    for (const [name, value] of Object.entries(defaultLintSettings)) {
      assert.deepEqual(
        properties[`viaduct.lint.${name}`]?.default,
        value,
        name,
      );
    }
    assert.deepEqual(
      properties["viaduct.lint.rules"]?.propertyNames?.enum,
      Object.keys(rules).sort(),
    );
  });

  it("take what makes a hash, and never a value", () => {
    const entry = allowedValue("k7Lp0q2", "0".repeat(32), deriveHash);
    const pattern = properties["viaduct.lint.allowedValues"]?.items?.pattern;
    assert.match(entry, new RegExp(pattern ?? "^$"));
    assert.deepEqual(readLintSettings({ allowedValues: [entry] }).problems, []);
    const { problems } = readLintSettings({ allowedValues: ["k7Lp0q2"] });
    assert.equal(problems.length, 1);
    assert.ok(!JSON.stringify(problems).includes("k7Lp0q2"));
  });

  it("leave out what means nothing", () => {
    const { settings, problems } = readLintSettings({
      rules: { cs101: "off", CS102: 1, X: "off", __proto__: "off" },
      extraKeys: "pin",
      baseline: 1,
    });
    assert.deepEqual(settings, {
      ...defaultLintSettings,
      rules: { CS101: "off" },
    });
    assert.equal(problems.length, 4);
    for (const nothing of [null, [], "x", 1]) {
      assert.deepEqual(readLintSettings(nothing).settings, defaultLintSettings);
    }
  });
});
