import assert from "node:assert/strict";
import {
  connectionOf,
  file,
  profilesOf,
  targetOf,
  thrown,
} from "./profilesSupport";

describe("profiles.yml", () => {
  it("reads dbt's own example of a PostgreSQL profile", () => {
    const profiles = profilesOf(
      `jaffle_shop:
  target: dev
  outputs:
    dev:
      type: postgres
      host: localhost
      user: alice
      password: "{{ env_var('DBT_ENV_SECRET_PG') }}"
      port: 5432
      dbname: jaffle_shop
      schema: dbt_alice
      threads: 4
    prod:
      type: postgres
      host: prod.db.example.com
      user: alice
      pass: 0123
      port: 5_433
      database: jaffle_shop
      schema: analytics
      threads: 8
      keepalives_idle: 60
      connect_timeout: 1
      retries: 3
      search_path: "analytics, public"
      role: trans former
      sslmode: verify-ca
      sslcert: client.crt
      sslkey: client.key
      sslrootcert: root.crt
`,
      { DBT_ENV_SECRET_PG: "s e c r e t" },
    );
    const [profile] = profiles.list();
    assert.equal(profile?.defaultTarget, "dev");
    assert.deepEqual(
      profile.targets.map(({ name, type, attachments, problems }) => [
        name,
        type,
        attachments[0]?.alias,
        problems.length,
      ]),
      [
        ["dev", "postgres", "jaffle_shop_dev", 0],
        ["prod", "postgres", "jaffle_shop_prod", 0],
      ],
    );
    assert.deepEqual(connectionOf(profiles, "jaffle_shop", "dev", "output"), {
      host: "localhost",
      port: "5432",
      dbname: "jaffle_shop",
      user: "alice",
      password: "s e c r e t",
    });
    assert.deepEqual(connectionOf(profiles, "jaffle_shop", "prod", "output"), {
      host: "prod.db.example.com",
      port: "5433",
      dbname: "jaffle_shop",
      user: "alice",
      // As it is written, whatever YAML makes of digits.
      password: "0123",
      sslmode: "verify-ca",
      sslcert: "client.crt",
      sslkey: "client.key",
      sslrootcert: "root.crt",
      keepalives_idle: "60",
      connect_timeout: "2",
      options: "-c search_path=analytics,\\ public -c role=trans\\ former",
    });
    // dbt's target schema is no filter.
    assert.equal(profile.targets[0]?.attachments[0]?.options, undefined);
    assert.match(
      profile.targets[1]?.notes.join() ?? "",
      /retries are not used/,
    );
  });

  it("reads anchors, merge keys and aliases, and evaluates their Jinja where it stands", () => {
    const profiles = profilesOf(
      `defaults: &pg
  type: postgres
  host: "{{ env_var('PGHOST') }}"
  user: u
  dbname: d
shop:
  outputs:
    default:
      <<: *pg
      user: v
      password: p
`,
    );
    const target = targetOf(profiles, "shop", "default");
    assert.equal(target.type, "postgres");
    assert.deepEqual(
      target.problems.map(({ file: place }) => [place?.line, place?.column]),
      [[2, 9]],
    );
    const ready = profilesOf(
      `a: &x {type: postgres, host: h, user: u, dbname: d, pass: p}\ns: {outputs: {default: *x}}`,
    );
    assert.equal(
      connectionOf(ready, "s", "default", "output")["password"],
      "p",
    );
  });

  it("does not let one output break another", () => {
    const profiles = profilesOf(
      `p:
  target: good
  outputs:
    bad: {type: postgres, host: "{{ env_var('NO') }}", user: u, dbname: d}
    ugly: text
    good: {type: postgres, host: h, user: u, dbname: d}
`,
    );
    assert.equal(connectionOf(profiles, "p", "good", "output")["host"], "h");
    assert.equal(targetOf(profiles, "p", "bad").problems.length, 1);
    assert.match(
      targetOf(profiles, "p", "ugly").problems[0]?.message ?? "",
      /output 'ugly' of profile 'p' is misconfigured/,
    );
    const error = thrown(() => connectionOf(profiles, "p", "bad", "output"));
    assert.equal(error.class, "variableMissing");
    assert.deepEqual(error.file, { path: file, line: 3, column: 33 });
  });

  it("evaluates the target, and says dbt's words for what is not there", () => {
    const profiles = profilesOf(
      `p:
  target: "{{ env_var('DBT_TARGET', 'dev') }}"
  outputs:
    dev: {type: duckdb}
    prod: {type: duckdb}
q: {outputs: {dev: {type: duckdb}}}
r: {target: "{{ env_var('NO') }}", outputs: {dev: {type: duckdb}}}
config: {send_anonymous_usage_stats: false}
`,
      { DBT_TARGET: "prod" },
    );
    assert.deepEqual(
      profiles.list().map(({ name, defaultTarget }) => [name, defaultTarget]),
      [
        ["p", "prod"],
        ["q", "default"],
        ["r", "default"],
      ],
    );
    assert.equal(profiles.output("p", null).target, "prod");
    assert.equal(profiles.output("p", "dev").target, "dev");
    assert.match(
      thrown(() => profiles.output("q", null)).message,
      /'q' does not have a target named 'default'.*dev/,
    );
    assert.match(
      thrown(() => profiles.output("nope", null)).message,
      /Could not find profile named 'nope'/,
    );
    assert.equal(
      thrown(() => profiles.output("r", null)).class,
      "variableMissing",
    );
  });

  it("says what is wrong with a file, at its place, and repeats nothing of it", () => {
    const cases: readonly (readonly [string, RegExp, number, number])[] = [
      ["", /empty/, 0, 0],
      ["# only a comment\n", /empty/, 0, 0],
      ["just hunter2", /no mapping/, 0, 0],
      ["a: 1\n---\nb: hunter2\n", /several YAML documents/, 1, 0],
      ["a:\n  b: hunter2\n c: 1\n", /not valid YAML/, 2, 0],
      ["a:\n\tb: hunter2", /tab/, 1, 0],
      ["a: b: hunter2", /colon needs quotes/, 0, 3],
      ["a: 'hunter2", /missing/, 0, 11],
      ['a: "\\q hunter2"', /backslash/, 0, 4],
      ["a: *hunter2", /before its anchor/, 0, 3],
      ["a: &x {b: *x}", /inside of what it refers to/, 0, 6],
      [
        "p:\n  outputs:\n    d:\n      host: {{ env_var('X') }}\n",
        /quotes around it/,
        3,
        13,
      ],
      ["a: !hunter2 1", /tag/, 0, 3],
      ["a: @hunter2", /needs quotes/, 0, 3],
      ["\uFEFFa: b: c", /colon/, 0, 3],
      ["a: 1\r\nb: @x\r\n", /needs quotes/, 1, 3],
    ];
    for (const [text, expected, line, column] of cases) {
      const {
        class: kind,
        message,
        file: place,
        actions,
      } = thrown(() => profilesOf(text));
      assert.equal(kind, "profileInvalid", text);
      assert.match(message, expected, text);
      assert.ok(!message.includes("hunter2"), message);
      assert.deepEqual(place, { path: file, line, column }, text);
      assert.ok(actions.includes("openProfile"));
    }
  });

  it("is not frightened by aliases of aliases, nor by depth", () => {
    const bomb = Array.from(
      { length: 30 },
      (_, index) =>
        `k${index}: &a${index} [${index === 0 ? "x" : `*a${index - 1}, *a${index - 1}`}]`,
    );
    assert.match(
      thrown(() => profilesOf(bomb.join("\n"))).message,
      /too many values/,
    );
    assert.equal(
      thrown(() => profilesOf(`a: ${"[".repeat(30_000)}`)).class,
      "profileInvalid",
    );
  });

  it("names what a connection lacks, never a value of it", () => {
    const profiles = profilesOf(
      `p: {outputs: {a: {type: postgres, user: hunter2, pass: hunter3}, b: {type: postgres, host: h, user: u, dbname: d, port: x}}}`,
    );
    const { message, class: kind } = thrown(() =>
      connectionOf(profiles, "p", "a", "output"),
    );
    assert.equal(kind, "profileInvalid");
    assert.equal(
      message,
      `The field host of the output a in ${file} is missing.`,
    );
    assert.equal(
      thrown(() => connectionOf(profiles, "p", "a", "attach:x")).class,
      "profileMissing",
    );
  });
});
