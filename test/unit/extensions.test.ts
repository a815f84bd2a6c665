import assert from "node:assert/strict";
import fc from "fast-check";
import { footerProblem, readFooter } from "../../src/engine/extensions/footer";
import { parseInstall } from "../../src/engine/extensions/installStatement";
import {
  environmentProxy,
  isExempt,
  parseProxy,
  sessionProxy,
} from "../../src/engine/extensions/proxy";
import { withoutLogin } from "../../src/engine/extensions/places";
import { footerOf } from "../support/extensionFiles";

const target = { version: "v1.5.5", platform: "linux_amd64" };

describe("the footer of an extension file", () => {
  const problem = (fields: Parameters<typeof footerOf>[0]): string | null =>
    footerProblem(readFooter(footerOf(fields)), target);

  it("fits this DuckDB, whatever comes before it", () => {
    const bytes = Buffer.concat([Buffer.from("code"), footerOf({})]);
    assert.deepEqual(readFooter(bytes), {
      builtFor: "v1.5.5",
      platform: "linux_amd64",
      extensionVersion: "abc1234",
      abi: "CPP",
      isSigned: true,
    });
    assert.equal(footerProblem(readFooter(bytes), target), null);
  });

  it("names both versions and both platforms when they differ", () => {
    const said = "this is DuckDB v1.5.5 on linux_amd64";
    assert.equal(
      problem({ builtFor: "v1.5.4" }),
      `was built for DuckDB v1.5.4 on linux_amd64, and ${said}`,
    );
    assert.equal(
      problem({ platform: "osx_arm64" }),
      `was built for DuckDB v1.5.5 on osx_arm64, and ${said}`,
    );
    assert.equal(
      problem({ abi: "C_STRUCT_UNSTABLE", builtFor: "v1.4.0" }),
      `was built for DuckDB v1.4.0 on linux_amd64, and ${said}`,
    );
  });

  it("takes an older C API and refuses a newer one", () => {
    assert.equal(problem({ abi: "C_STRUCT", builtFor: "v1.2.0" }), null);
    assert.equal(problem({ abi: "C_STRUCT", builtFor: "v1.5.5" }), null);
    assert.match(
      problem({ abi: "C_STRUCT", builtFor: "v1.10.0" }) ?? "",
      /C API v1\.10\.0/,
    );
    assert.match(problem({ abi: "RUST" }) ?? "", /"RUST"/);
  });

  it("misses a signature", () => {
    assert.match(problem({ isSigned: false }) ?? "", /has no signature/);
  });

  it("takes no other file for an extension", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(512), Buffer.alloc(9e3)])
      assert.match(
        footerProblem(readFooter(bytes), target) ?? "",
        /is not a DuckDB extension/,
      );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        footerProblem(readFooter(bytes), target);
      }),
    );
  });
});

describe("an INSTALL of the user's", () => {
  for (const [sql, name, from, isForced, hasMore] of [
    ["INSTALL json", "json", null, false, false],
    ["install  JSON ;", "JSON", null, false, false],
    ["/* a */ FORCE -- b\n INSTALL 'fts'", "fts", null, true, false],
    ['INSTALL "Postgres" FROM core', "Postgres", "core", false, false],
    ["INSTALL fts FROM 'it''s here'", "fts", "it's here", false, false],
    ["INSTALL fts FROM core VERSION 'x'", "fts", "core", false, true],
    ["INSTALL fts VERSION 'x'", "fts", null, false, true],
    [
      "INSTALL '/a/b.duckdb_extension'",
      "/a/b.duckdb_extension",
      null,
      false,
      false,
    ],
  ] as const)
    it(`is read: ${sql}`, () => {
      assert.deepEqual(parseInstall(sql), { name, from, isForced, hasMore });
    });

  it("is no other statement, and nothing throws", () => {
    for (const sql of [
      "",
      "LOAD json",
      "SELECT 'INSTALL json'",
      "FORCE",
      "INSTALL",
      "FORCE CHECKPOINT",
      "UPDATE EXTENSIONS",
    ])
      assert.equal(parseInstall(sql), null, sql);
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseInstall(text);
        parseInstall(`INSTALL ${text}`);
      }),
    );
  });
});

describe("a proxy for downloads", () => {
  it("is taken apart into what DuckDB is told", () => {
    const parts = (text: string) => Object.values(parseProxy(text) ?? {});
    assert.deepEqual(parts("http://proxy.corp:3128"), [
      "proxy.corp:3128",
      "",
      "",
    ]);
    assert.deepEqual(parts("http://proxy.corp:3128/"), [
      "proxy.corp:3128",
      "",
      "",
    ]);
    assert.deepEqual(parts("proxy.corp:8080"), ["proxy.corp:8080", "", ""]);
    assert.deepEqual(parts("http://proxy.corp"), ["proxy.corp:80", "", ""]);
    assert.deepEqual(parts("https://proxy.corp"), ["proxy.corp:443", "", ""]);
    assert.deepEqual(parts("http://me:p%40ss%3Aword@proxy.corp:3128"), [
      "proxy.corp:3128",
      "me",
      "p@ss:word",
    ]);
    assert.deepEqual(parts("me:100%@proxy.corp:3128"), [
      "proxy.corp:3128",
      "me",
      "100%",
    ]);
    for (const text of ["", "   ", "http://", "http://:80", "::"])
      assert.equal(parseProxy(text), null, text);
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseProxy(text);
      }),
    );
  });

  it("comes from the environment, and DuckDB is never told a login by it", () => {
    assert.equal(environmentProxy({ HTTP_PROXY: "a", http_proxy: "b" }), "b");
    assert.equal(environmentProxy({}), "");
    assert.deepEqual(sessionProxy({ HTTP_PROXY: "http://proxy:3128" }), {
      http_proxy: "proxy:3128",
    });
    assert.deepEqual(sessionProxy({}), {});
    assert.deepEqual(
      sessionProxy({ HTTP_PROXY: "http://me:secret@proxy:3128" }),
      {
        http_proxy: "proxy:3128",
      },
    );
    assert.deepEqual(sessionProxy({ HTTP_PROXY: "me:sec/ret@:::" }), {});
  });

  it("is left out for the hosts of NO_PROXY", () => {
    const exempt = (url: string, NO_PROXY: string) =>
      isExempt(url, { NO_PROXY });
    assert.ok(exempt("http://mirror.corp/x", "localhost, .corp"));
    assert.ok(exempt("http://mirror.corp/x", "mirror.corp"));
    assert.ok(exempt("http://mirror.corp:81/x", "mirror.corp:81"));
    assert.ok(exempt("http://mirror.corp/x", "*"));
    assert.ok(exempt("http://mirror.corp/x", "*.corp"));
    assert.ok(!exempt("http://mirror.corporation/x", "corp"));
    assert.ok(!exempt("http://mirror.corp/x", ""));
    assert.ok(!exempt("/a/folder", "*"));
  });

  it("shows no login of a mirror", () => {
    assert.equal(
      withoutLogin("http://me:s3cret@mirror.corp/duckdb"),
      "http://mirror.corp/duckdb",
    );
    assert.equal(withoutLogin("/home/me@work/x"), "/home/me@work/x");
  });
});
