import assert from "node:assert/strict";
import fc from "fast-check";
import type { AttachmentSpec } from "../../../src/core/connections/attachment";
import { readAttachmentLists } from "../../../src/core/connections/attachmentLists";
import {
  attachmentSetting,
  type SettingPaths,
} from "../../../src/core/connections/attachmentSetting";
import { isSameAttachment } from "../../../src/core/connections/sameAttachment";

const paths: SettingPaths = {
  absolute: (file) => (file.startsWith("/") ? file : `/w/${file}`),
  relative: (file) => (file.startsWith("/w/") ? file.slice(3) : file),
  profilesFile: () => "/home/u/.dbt/profiles.yml",
};

function read(entry: unknown) {
  return readAll([entry]);
}

function readAll(entries: unknown) {
  return readAttachmentLists([{ entries, paths, folder: null }]);
}

function specOf(entry: unknown): AttachmentSpec {
  const { specs, problems } = read(entry);
  assert.deepEqual(problems, []);
  const [spec] = specs;
  assert.ok(spec);
  return spec;
}

function problemOf(entry: unknown): string {
  const { specs, problems } = read(entry);
  assert.deepEqual(specs, []);
  assert.equal(problems.length, 1);
  return problems[0]?.message ?? "";
}

describe("an entry of viaduct.attachments", () => {
  it("is read-only with the usual prefix when it says no more than an env file", () => {
    assert.deepEqual(specOf({ alias: "a", envFile: ".env" }), {
      alias: "a",
      source: { kind: "envFile", file: "/w/.env", prefix: "POSTGRES_" },
      readOnly: true,
    });
  });

  it("may have the empty prefix, whose variables are HOST, PORT and so on", () => {
    const { source } = specOf({ alias: "a", envFile: ".env", prefix: "" });
    assert.deepEqual(source, { kind: "envFile", file: "/w/.env", prefix: "" });
  });

  for (const [entry, source] of [
    [
      { dbt: { profile: "p", target: "dev" } },
      {
        kind: "dbt",
        file: "/home/u/.dbt/profiles.yml",
        profile: "p",
        target: "dev",
        entry: "output",
      },
    ],
    [
      {
        dbt: {
          profilesFile: "dbt/profiles.yml",
          profile: "p",
          target: "dev",
          entry: "attach:pg",
        },
      },
      {
        kind: "dbt",
        file: "/w/dbt/profiles.yml",
        profile: "p",
        target: "dev",
        entry: "attach:pg",
      },
    ],
    [{ service: "s" }, { kind: "service", service: "s", file: null }],
    [
      { service: "s", serviceFile: "pg_service.conf" },
      { kind: "service", service: "s", file: "/w/pg_service.conf" },
    ],
    [
      { connection: "postgresql://u@h:5432/d" },
      { kind: "connection", connection: "postgresql://u@h:5432/d" },
    ],
    [{ environmentVariables: true }, { kind: "environment" }],
  ] as const) {
    it(`names a source as ${JSON.stringify(entry)}, and is written so again`, () => {
      const spec = specOf({ alias: "a", readOnly: false, ...entry });
      assert.deepEqual(spec, { alias: "a", source, readOnly: false });
      assert.deepEqual(attachmentSetting(spec, paths), {
        alias: "a",
        ...entry,
        readOnly: false,
      });
    });
  }

  it("has every option, its files found from the folder", () => {
    const options = {
      environment: "production",
      schemas: ["public", "Größe"],
      password: "prompt",
      connectTimeoutSeconds: 5,
      statementTimeoutSeconds: 0,
      idleInTransactionTimeoutSeconds: 30,
      poolSize: 4,
      sslmode: "verify-ca",
      sslrootcert: "certs/root.pem",
      sslcert: "/etc/client.pem",
      sslkey: "certs/client.key",
    } as const;
    const entry = { alias: "a", service: "s", readOnly: true, ...options };
    const spec = specOf(entry);
    assert.deepEqual(spec.options, {
      ...options,
      sslrootcert: "/w/certs/root.pem",
      sslkey: "/w/certs/client.key",
    });
    assert.deepEqual(attachmentSetting(spec, paths), entry);
    const system = { alias: "a", service: "s", sslrootcert: "system" };
    assert.deepEqual(specOf(system).options, { sslrootcert: "system" });
  });

  for (const [why, entry] of [
    ["not an object", "a"],
    ["is missing", { envFile: ".env" }],
    ["uses itself", { alias: "Memory", envFile: ".env" }],
    ["Viaduct uses itself", { alias: "Viaduct", envFile: ".env" }],
    ["needs one of", { alias: "a" }],
    ["only one of", { alias: "a", envFile: ".env", service: "s" }],
    ["is empty", { alias: "a", envFile: "" }],
    ["not a text", { alias: "a", envFile: 3 }],
    ['"prefix" needs', { alias: "a", service: "s", prefix: "X_" }],
    ['"serviceFile" needs', { alias: "a", envFile: "e", serviceFile: "f" }],
    ["only be true", { alias: "a", environmentVariables: false }],
    ['property "readonly"', { alias: "a", envFile: "e", readonly: false }],
    ['"readOnly"', { alias: "a", envFile: "e", readOnly: "no" }],
    ["from 1", { alias: "a", envFile: "e", poolSize: 0 }],
    ["from 0", { alias: "a", envFile: "e", statementTimeoutSeconds: 1.5 }],
    ["none of", { alias: "a", envFile: "e", environment: "prod" }],
    ["none of verify-full", { alias: "a", envFile: "e", sslmode: "on" }],
    ["list of names", { alias: "a", envFile: "e", schemas: "public" }],
    ["list of names", { alias: "a", envFile: "e", schemas: ["public", ""] }],
    ['"dbt" is not an object', { alias: "a", dbt: "p" }],
    ['"target" is missing', { alias: "a", dbt: { profile: "p" } }],
    [
      'property "output"',
      { alias: "a", dbt: { profile: "p", target: "t", output: "x" } },
    ],
  ] as const) {
    it(`is refused in words that name it: ${JSON.stringify(entry)}`, () => {
      assert.ok(problemOf(entry).includes(why), problemOf(entry));
    });
  }

  it("does not keep the others from being used", () => {
    const { specs, problems } = readAll([
      { alias: "a", envFile: ".env" },
      null,
      { alias: "A", service: "s" },
      { alias: "b", service: "s" },
    ]);
    assert.deepEqual(
      specs.map(({ alias }) => alias),
      ["a", "b"],
    );
    assert.deepEqual(
      problems.map(({ alias }) => alias),
      [null, "A"],
    );
    assert.match(problems[0]?.message ?? "", /number 2/);
  });

  it("is a problem when the setting is not a list", () => {
    assert.equal(readAll({}).problems.length, 1);
  });

  it("is the same after it was written and read, whatever it says", () => {
    const text = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
      .filter((each) => each.trim() !== "" && !each.startsWith("/"));
    const file = text.map((name) => `/w/${name}`);
    const source: fc.Arbitrary<AttachmentSpec["source"]> = fc.oneof(
      fc.record({ kind: fc.constant("envFile"), file, prefix: fc.string() }),
      fc.record({
        kind: fc.constant("dbt"),
        file: fc.oneof(file, fc.constant(paths.profilesFile())),
        profile: text,
        target: text,
        entry: text,
      }),
      fc.record({
        kind: fc.constant("service"),
        service: text,
        file: fc.option(file),
      }),
      fc.constant({ kind: "environment" } as const),
    );
    const options = fc.record(
      {
        schemas: fc.array(text, { minLength: 1, maxLength: 3 }),
        environment: fc.constantFrom("staging", "production"),
        password: fc.constantFrom("secretStorage", "prompt"),
        poolSize: fc.integer({ min: 1, max: 64 }),
        statementTimeoutSeconds: fc.nat(),
        sslmode: fc.constantFrom("verify-full", "disable"),
        sslrootcert: fc.oneof(file, fc.constant("system")),
        sslcert: file,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(source, options, fc.boolean(), (from, said, readOnly) => {
        const spec = {
          alias: "a",
          source: from,
          readOnly,
          ...(Object.keys(said).length === 0 ? {} : { options: said }),
        } as AttachmentSpec;
        const entry = attachmentSetting(spec, paths);
        assert.ok(isSameAttachment(specOf(entry), spec));
      }),
    );
  });

  it("never fails on what somebody may have written, and never repeats it whole", () => {
    fc.assert(
      fc.property(fc.anything(), (entries) => {
        const { specs, problems } = readAll(entries);
        const count = Array.isArray(entries) ? entries.length : 1;
        assert.equal(specs.length + problems.length, count);
      }),
    );
  });
});

describe("the comparison of attachments", () => {
  it("looks at what is said, not at the order", () => {
    const a = specOf({
      alias: "a",
      service: "s",
      poolSize: 3,
      sslmode: "allow",
    });
    const b = specOf({
      sslmode: "allow",
      poolSize: 3,
      service: "s",
      alias: "a",
    });
    assert.ok(isSameAttachment(a, b));
    assert.ok(!isSameAttachment(a, { ...b, readOnly: false }));
  });
});
