import assert from "node:assert/strict";
import { findPassword } from "../../../src/core/connections/passFile";
import {
  readService,
  serviceNames,
} from "../../../src/core/connections/serviceFile";

describe("a service file", () => {
  const text = [
    "\uFEFF# comment",
    "[one]",
    "host=a",
    "  port=1  ",
    "",
    "# host=b",
    "host=c",
    "options=-c x=y",
    "[two]\r",
    "host=z\r",
    "[broken]",
    "host = x",
    "[ name with spaces ]",
    "nothing here matters",
    "[one]",
    "user=never",
  ].join("\n");
  const values = (name: string) =>
    Object.fromEntries(readService(text, name, "/s")?.values ?? []);

  it("has sections, of which the first of a name and the first word count", () => {
    assert.deepEqual(values("one"), {
      host: "a",
      port: "1",
      options: "-c x=y",
    });
    assert.deepEqual(values("two"), { host: "z" });
    assert.equal(readService(text, "three", "/s"), null);
    assert.deepEqual(serviceNames(text), [
      "one",
      "two",
      "broken",
      " name with spaces ",
    ]);
  });

  it("says which line libpq refuses", () => {
    const refuses = (section: string, reason: RegExp): void => {
      assert.throws(
        () => readService(`[s]\n\n${section}\n`, "s", "/s"),
        (error: Error & { info?: { file?: unknown } }) => {
          assert.match(error.message, reason);
          assert.match(error.message, /^Line 3 of the service file \/s /);
          assert.deepEqual(error.info?.file, {
            path: "/s",
            line: 2,
            column: 0,
          });
          return true;
        },
      );
    };
    refuses("host = x", /space before its =/);
    refuses("hunter22", /not of the form/);
    refuses("hostname=x", /"hostname"/);
    refuses("service=other", /a service within a service/);
    refuses("ldap://h/x", /LDAP/);
  });

  it("says where an option stands", () => {
    const settings = readService(text, "one", "/s");
    assert.deepEqual(settings?.blame("port").file, {
      path: "/s",
      line: 3,
      column: 0,
    });
  });
});

describe("a password file", () => {
  const key = { host: "db", port: "5432", database: "d", user: "u" };
  const find = (text: string, over: Partial<typeof key> = {}) =>
    findPassword(text, { ...key, ...over });

  it("gives the password of the first line that fits", () => {
    assert.equal(find("db:5432:d:u:p"), "p");
    assert.equal(find("other:*:*:*:x\n*:*:*:u:p\ndb:5432:d:u:late"), "p");
    assert.equal(find("db:5432:d:w:p"), null);
    assert.equal(find("#db:5432:d:u:p\r\ndb:5432:d:u:p\r\n"), "p");
    assert.equal(find("\uFEFFdb:5432:d:u:p"), "p");
    assert.equal(find("db:5432:d:u"), null);
    assert.equal(find(""), null);
  });

  it("knows escapes, in every field", () => {
    assert.equal(find("db:5432:d:u:a\\:b\\\\c\\d"), "a:b\\cd");
    assert.equal(find("db:5432:d:u:a:rest"), "a");
    assert.equal(find("\\:\\:1:5432:d:u:p", { host: "::1" }), "p");
    // Only a star by itself is a wildcard.
    assert.equal(find("\\*:5432:d:u:p"), null);
    assert.equal(find("db:5432:d:u:a\\"), "a\\");
  });

  it("calls the usual sockets localhost", () => {
    assert.equal(find("localhost:5432:d:u:p", { host: "/tmp" }), "p");
    const host = "/var/run/postgresql";
    assert.equal(find("localhost:5432:d:u:p", { host }), "p");
    assert.equal(find("/own:5432:d:u:p", { host: "/own" }), "p");
    assert.equal(find("localhost:5432:d:u:p", { host: "/own" }), null);
  });
});
