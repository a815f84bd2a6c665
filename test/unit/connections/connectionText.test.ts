import assert from "node:assert/strict";
import fc from "fast-check";
import { parseConnection } from "../../../src/core/connections/connectionText";
import { libpqKeywords } from "../../../src/core/connections/libpqOptions";

const blame = {
  errorClass: "connectionInvalid",
  subject: "The text",
} as const;

const parse = (text: string): Record<string, string> =>
  Object.fromEntries(parseConnection(text, blame));

const refuses = (text: string, reason: RegExp): void => {
  assert.throws(() => parse(text), reason, text);
};

describe("a connection URI", () => {
  it("is read as libpq reads it", () => {
    const cases: readonly (readonly [string, Record<string, string>])[] = [
      ["postgresql://", {}],
      ["postgres://localhost", { host: "localhost" }],
      ["postgresql://localhost:5433", { host: "localhost", port: "5433" }],
      ["postgresql://localhost/mydb", { host: "localhost", dbname: "mydb" }],
      ["postgresql://user@localhost", { user: "user", host: "localhost" }],
      [
        "postgresql://u:secret@h?sslmode=require",
        { user: "u", password: "secret", host: "h", sslmode: "require" },
      ],
      [
        "postgresql://other@localhost/otherdb?connect_timeout=10&application_name=myapp",
        {
          user: "other",
          host: "localhost",
          dbname: "otherdb",
          connect_timeout: "10",
          application_name: "myapp",
        },
      ],
      [
        "postgresql://host1:123,host2:456/db?target_session_attrs=any",
        {
          host: "host1,host2",
          port: "123,456",
          dbname: "db",
          target_session_attrs: "any",
        },
      ],
      [
        "postgresql:///mydb?host=localhost&port=5433",
        { dbname: "mydb", host: "localhost", port: "5433" },
      ],
      [
        "postgresql://[2001:db8::1234]/d",
        { host: "2001:db8::1234", dbname: "d" },
      ],
      [
        "postgresql://[::1]:5432,[fe80::1%25eth0]/d",
        { host: "::1,fe80::1%eth0", port: "5432,", dbname: "d" },
      ],
      [
        "postgresql:///dbname?host=/var/lib/postgresql",
        { dbname: "dbname", host: "/var/lib/postgresql" },
      ],
      [
        "postgresql://%2Fvar%2Flib%2Fpostgresql/dbname",
        { host: "/var/lib/postgresql", dbname: "dbname" },
      ],
      [
        "postgresql://user@localhost:5433/mydb?options=-c%20synchronous_commit%3Doff",
        {
          user: "user",
          host: "localhost",
          port: "5433",
          dbname: "mydb",
          options: "-c synchronous_commit=off",
        },
      ],
      ["postgres://h?ssl=true", { host: "h", sslmode: "require" }],
      ["postgres://h/a=b", { host: "h", dbname: "a=b" }],
      ["postgres://h?host=g", { host: "g" }],
      ["postgres://u:p+q@h", { user: "u", password: "p+q", host: "h" }],
      [
        "postgres://u:p?q#r@h/d",
        { user: "u", password: "p?q#r", host: "h", dbname: "d" },
      ],
      // Beyond libpq: pasted passwords.
      [
        "postgres://u:p@w@h/d",
        { user: "u", password: "p@w", host: "h", dbname: "d" },
      ],
      [
        "postgres://u:p@h?options=a@b",
        { user: "u", password: "p", host: "h", options: "a@b" },
      ],
      [
        "postgres://h/d?options=a@b",
        { host: "h", dbname: "d", options: "a@b" },
      ],
    ];
    for (const [uri, expected] of cases) {
      assert.deepEqual(parse(uri), expected, uri);
    }
  });

  it("names the option that libpq does not know, and what else is wrong", () => {
    refuses(
      "postgres://h?schema=public",
      /^ViaductError: The text has the option "schema"/,
    );
    refuses("postgres://h?sslmode", /not option=value/);
    refuses("postgres://h?options=a=b", /two =/);
    refuses("postgres://h/%zz", /percent encoding/);
    refuses("postgres://h/%00", /percent encoding/);
    refuses("postgres://[::1/d", /host or a port/);
    refuses("postgres://h:12x/d", /host or a port/);
    refuses("postgres://u:12/ss@h/d", /%2F/);
    refuses("mysql://u:p@h/d", /neither a URI/);
    refuses("mysql://u:p@h/d?x=y", /neither a URI/);
  });

  it("gives back every part that it could be given", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(part, part, part, (user, password, dbname) => {
        fc.pre(![user, password, dbname].some((text) => /\0|^,+$/.test(text)));
        const e = encodeURIComponent;
        assert.deepEqual(
          parse(`postgresql://${e(user)}:${e(password)}@h:1/${e(dbname)}`),
          { user, password, host: "h", port: "1", dbname },
        );
      }),
    );
  });
});

describe("key/value pairs", () => {
  it("are read as libpq reads them", () => {
    const cases: readonly (readonly [string, Record<string, string>])[] = [
      ["", {}],
      ["  \n ", {}],
      ["host=a port=1", { host: "a", port: "1" }],
      [" host = a\n\tport= 1 ", { host: "a", port: "1" }],
      ["password='it\\'s \\\\ x' user=u", { password: "it's \\ x", user: "u" }],
      ["password=a\\ b", { password: "a b" }],
      ["password=a'b", { password: "a'b" }],
      ["user='' host=h", { user: "", host: "h" }],
      ["host=a host=b", { host: "b" }],
      ["options='-c a=b'", { options: "-c a=b" }],
      ["requiressl=1", { sslmode: "require" }],
      ["password=a\\", { password: "a" }],
    ];
    for (const [text, expected] of cases) {
      assert.deepEqual(parse(text), expected, text);
    }
  });

  it("may have another connection text as their dbname, which counts in its place", () => {
    assert.deepEqual(parse("host=a dbname='postgres://b:5/d' port=6"), {
      host: "b",
      port: "6",
      dbname: "d",
    });
    assert.deepEqual(parse("dbname='host=x dbname=y'"), {
      host: "x",
      dbname: "y",
    });
  });

  it("name the option that libpq does not know, unless it may be a piece of a password", () => {
    refuses(
      "host=a hostname=b",
      /has the option "hostname", which libpq does not know/,
    );
    refuses("host", /neither a URI/);
    refuses("host=a port", /behind host that is not/);
    refuses("password='a", /quote that is not closed/);
    refuses("password=hunter two=3", /behind password that is no option/);
    refuses(
      "port=' 5432 password='hunter2=x",
      /has an option that libpq does not know/,
    );
    refuses(
      "password=a host=b hunter2=3",
      /has an option that libpq does not know/,
    );
  });

  it("give back every value that is quoted, of every option", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...libpqKeywords.filter((one) => one !== "dbname")),
        fc.string({ unit: "binary" }),
        (keyword, value) => {
          const quoted = value.replace(/[\\']/g, "\\$&");
          assert.deepEqual(parse(`${keyword} = '${quoted}'`), {
            [keyword]: value,
          });
        },
      ),
    );
  });
});
