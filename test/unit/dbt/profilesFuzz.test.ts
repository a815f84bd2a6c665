import assert from "node:assert/strict";
import fc from "fast-check";
import { duckdbOutput } from "../../../src/core/dbt/duckdbOutput";
import { ViaductError } from "../../../src/core/errors/viaductError";
import { connectionOf, profilesOf } from "./profilesSupport";

const canary = "c4nary$pw@x:y/z%41";

const base = `p:
  target: "{{ env_var('T', 'a') }}"
  outputs:
    a: &a
      type: postgres
      host: "{{ env_var('H') }}"
      port: "{{ env_var('P', '5432') | int }}"
      user: 'u'
      pass: '${canary}'
      dbname: d
    b:
      <<: *a
      password: "{{ env_var('PW') | trim }}"
    c:
      type: duckdb
      path: 'x.duckdb'
      extensions: [fts, {name: h3, repo: community}]
      settings: {threads: 4, postgres_scanner_timeout: '${canary}'}
      secrets: [{type: postgres, name: s, password: '${canary}', host: h}]
      attach:
        - {path: 'postgresql://u:${canary}@h/d', alias: x}
        - {path: '', type: postgres, secret: s, alias: y}
      external_sources: {postgresql: {host: h, user: u, password: '${canary}', database: d}}
`;

const noise = fc.oneof(
  fc.constantFrom(
    ..."{{|}}|{%|%}|{#|'|\"|[|]|{|}|&a|*a|*b|<<:|: |- |? |---\n|\n|\t|\r\n|!t || int || as_bool |@|%|`|,|#|\\|\0|env_var(|)|\uFEFF|postgres|type:|\n  |null|yes".split(
      "|",
    ),
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: "grapheme", maxLength: 3 }),
);

/** A file of profiles with pieces cut out, doubled, or put in. */
const malformed = fc
  .array(
    fc.record({
      at: fc.nat(base.length),
      remove: fc.nat(40),
      insert: noise,
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((edits) =>
    edits.reduce(
      (text, { at, remove, insert }) =>
        text.slice(0, at) + insert + text.slice(at + remove),
      base,
    ),
  );

/** Everything that may be said of a text. */
function said(text: string): string {
  const messages: string[] = [];
  const attempt = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      assert.ok(error instanceof ViaductError, `${String(error)}\n${text}`);
      messages.push(JSON.stringify(error.info));
    }
  };
  attempt(() => {
    const profiles = profilesOf(text, { H: "h", PW: canary });
    for (const profile of profiles.list()) {
      for (const { name, problems, notes, attachments } of profile.targets) {
        messages.push(JSON.stringify([problems, notes]));
        for (const { source } of attachments) {
          attempt(() => {
            const entry = source.kind === "dbt" ? source.entry : "";
            connectionOf(profiles, profile.name, name, entry);
          });
        }
        attempt(() => {
          const { map, place } = profiles.output(profile.name, name);
          messages.push(JSON.stringify(duckdbOutput(map, place).problems));
        });
      }
    }
  });
  return messages.join("\n");
}

describe("malformed profiles", () => {
  it("are told in one message each, without a crash, a hang or a password (10,000 texts)", () => {
    // What is planted has to be found at all: the values are there.
    assert.equal(
      connectionOf(profilesOf(base, { H: "h" }), "p", "a", "output")[
        "password"
      ],
      canary,
    );
    fc.assert(
      fc.property(
        fc.oneof(malformed, fc.string({ maxLength: 200 })),
        (text) => {
          assert.ok(!said(text).includes(canary), text);
        },
      ),
      { numRuns: 10_000 },
    );
  }).timeout(300_000);
});
