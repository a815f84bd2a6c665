import assert from "node:assert/strict";
import { environmentSettings } from "../../../src/core/connections/environmentSettings";
import {
  connectionPrefixes,
  envSettings,
} from "../../../src/core/connections/envVariables";

const settingsOf = (variables: Record<string, string>, prefix: string) =>
  envSettings(
    {
      path: "/x/.env",
      variables: new Map(Object.entries(variables)),
      placeOf: () => ({ path: "/x/.env", line: 3, column: 0 }),
    },
    prefix,
  );
const from = (variables: Record<string, string>, prefix = "PG_") =>
  Object.fromEntries(settingsOf(variables, prefix).values);

const full = {
  PG_HOST: "db.example.com",
  PG_DB: "d",
  PG_USERNAME: "u",
  PG_PASSWORD: "p",
};
const url = "postgres://u%40x:p%3Aw@[::1]:6543/d%20b?sslmode=disable";
const ofUrl = {
  host: "::1",
  port: "6543",
  dbname: "d b",
  user: "u@x",
  password: "p:w",
  sslmode: "disable",
};

describe("variables of a connection", () => {
  it("may be a URL as a framework has it", () => {
    const plain = { host: "h", dbname: "d", user: "u", password: "p@/:" };
    const login = "u:p%40%2F%3A@h/d";
    for (const [text, more] of [
      [`postgresql+psycopg2://${login}`, {}],
      [`postgresql+asyncpg://${login}?ssl=require`, { sslmode: "require" }],
      [`POSTGRES+psycopg://${login}`, {}],
      [`postgis://${login}`, {}],
      [
        "jdbc:postgresql://h/d?user=u&password=p%40%2F%3A&ssl=true",
        { sslmode: "require" },
      ],
      [`postgres://${login}?sslmode=no-verify`, { sslmode: "require" }],
      [
        `postgresql://${login}?schema=my%20app&connection_limit=5&pgbouncer=true&sslmode=disable`,
        { options: "-c search_path=my\\ app", sslmode: "disable" },
      ],
      [`postgresql://${login}?pool=5`, {}],
    ] as const) {
      assert.deepEqual(
        from({ DATABASE_URL: text }, ""),
        { ...plain, ...more },
        text,
      );
    }
    assert.throws(
      () => from({ DATABASE_URL: `mysql+pymysql://${login}` }, ""),
      /neither a URI/,
    );
    assert.throws(
      () => from({ DATABASE_URL: `postgresql://${login}?nonsense=1` }, ""),
      /the option "nonsense"/,
    );
  });

  it("name the prefixes that the file has when there is nothing with this one", () => {
    assert.throws(
      () => from({ ...full, OTHER: "x" }, "POSTGRES_"),
      /^ViaductError: The variable POSTGRES_HOST is not in \/x\/\.env, which has variables of a connection with the prefix PG_\.$/,
    );
  });

  it("have the names that people give them", () => {
    const base = {
      host: "db.example.com",
      dbname: "d",
      user: "u",
      password: "p",
    };
    assert.deepEqual(from(full), base);
    assert.deepEqual(
      from({
        ...full,
        PG_SSL_MODE: "require",
        PG_SSL_ROOT_CERT: "/ca",
        PG_CONNECT_TIMEOUT: "3",
        PG_TARGETSESSIONATTRS: "any",
        PG_APPLICATION_NAME: "a",
        PG_SERVICE: "of something else",
        PG_PORT: "",
      }),
      {
        ...base,
        sslmode: "require",
        sslrootcert: "/ca",
        connect_timeout: "3",
        target_session_attrs: "any",
        application_name: "a",
      },
    );
    assert.deepEqual(from({ ...full, PG_PASSWORD: "" }), {
      ...base,
      password: "",
    });
  });

  it("are libpq's own with the prefix PG", () => {
    assert.deepEqual(
      from(
        {
          PGHOST: "h",
          PGHOSTADDR: "10.0.0.1",
          PGUSER: "u",
          PGSSLMODE: "require",
          PGSERVICE: "s",
          PGOPTIONS: "-c a=b",
          PGCONNECT_TIMEOUT: "2",
        },
        "PG",
      ),
      {
        host: "h",
        hostaddr: "10.0.0.1",
        user: "u",
        sslmode: "require",
        service: "s",
        options: "-c a=b",
        connect_timeout: "2",
      },
    );
    assert.throws(() => from({ X: "y" }, "PG"), /PGHOST is not in/);
  });

  it("may be a URL, or key/value pairs; separate variables come before its parts", () => {
    assert.deepEqual(from({ PG_URL: url }), ofUrl);
    assert.deepEqual(from({ DATABASE_URL: url }), ofUrl);
    assert.deepEqual(from({ PG_URI: url, PG_PORT: "1" }), {
      ...ofUrl,
      port: "1",
    });
    assert.deepEqual(from({ PG_DSN: "host=h user=u" }), {
      host: "h",
      user: "u",
    });
    assert.deepEqual(from({ DATABASE_URL: url, PG_DATABASE: "own" }), {
      ...ofUrl,
      dbname: "own",
    });
    assert.deepEqual(
      from({ PG_URL: `${url}&hostaddr=10.0.0.1`, PG_HOST: "h" }),
      { ...ofUrl, host: "h" },
    );
    assert.deepEqual(from({ ...full, PG_DB: url }), {
      ...ofUrl,
      user: "u",
      password: "p",
    });
  });

  it("of a web server, and the URL of another database, are none of it", () => {
    assert.deepEqual(
      from({ HOST: "0.0.0.0", PORT: "3000", DATABASE_URL: url }, ""),
      ofUrl,
    );
    assert.equal(from({ ...full, DATABASE_URL: url })["sslmode"], undefined);
  });

  it("that are missing or wrong are named, with their place, and never their value", () => {
    for (const [variables, text] of [
      [{}, "PG_HOST is not in /x/.env"],
      [{ ...full, PG_DB: "", PG_DATABASE: "" }, "PG_DATABASE is empty"],
      [{ PG_URL: "mysql://hunter22" }, "PG_URL"],
    ] as const) {
      assert.throws(
        () => from(variables),
        (error: Error & { info?: { file?: unknown } }) =>
          error.message.includes(text) &&
          !error.message.includes("hunter22") &&
          error.info?.file !== undefined,
        text,
      );
    }
    const settings = settingsOf({ ...full, PG_SSL_MODE: "x" }, "PG_");
    assert.match(settings.blame("sslmode").subject, /PG_SSL_MODE/);
    assert.match(settings.noPassword?.subject ?? "", /PG_PASSWORD/);
  });

  it("tell which prefixes there are", () => {
    assert.deepEqual(
      connectionPrefixes([
        "PATH",
        "DATABASE_URL",
        "POSTGRES_HOST",
        "POSTGRES_PORT",
        "DEV_PG_URL",
        "SOURCE_DB",
        "SOURCE_PG_HOST",
        "PGHOST",
        "OLD_PGDATABASE",
        "DEV_DATABASE_URL",
      ]),
      [
        "",
        "DEV_DATABASE_",
        "DEV_PG_",
        "OLD_PG",
        "PG",
        "POSTGRES_",
        "SOURCE_",
        "SOURCE_PG_",
      ],
    );
    assert.deepEqual(connectionPrefixes(["PGSERVICE"]), ["PG"]);
  });
});

describe("the environment of the process", () => {
  it("says what libpq would take from it", () => {
    const { values } = environmentSettings({
      PGHOST: "h",
      PGPORT: "",
      PGDATABASE: "host=g dbname=d",
      PGREQUIRESSL: "1",
      PGTZ: "Europe/Berlin x",
      HOME: "/h",
    });
    assert.deepEqual(Object.fromEntries(values), {
      host: "g",
      dbname: "d",
      sslmode: "require",
      options: "-c timezone=Europe/Berlin\\ x",
    });
  });
});
