import assert from "node:assert/strict";
import fc from "fast-check";
import { lexTolerantly } from "../../../src/core/sql/lexer";
import { Lookahead } from "../../../src/core/sql/lookahead";
import {
  lexSegments,
  outlineSegments,
  type Segment,
} from "../../../src/core/sql/segments";
import {
  SegmentCache,
  type TextChange,
} from "../../../src/core/sql/segmentCache";
import type { Token } from "../../../src/core/sql/token";
import { changed } from "../../support/changed";

/** What opens, closes, ends or hides something, and words that recovery goes by. */
const pieces = [
  ..."'|\"|`|''|E'|\\'|$$|$a$|/*|*/|--|;|;\n|\n|\r\n|(|)|[|{|}|:|:'|{{|}}|${|{%|%}|<%|%>|$1".split(
    "|",
  ),
  ..."|?\\|||a|x1|1e-|.5|.mode csv|# c|/|*|é|\u{1f600}| ".split("|"),
  ...[
    "COPY t FROM stdin;\n1\t'x\n\\.\n",
    "COPY t FROM stdin;",
    "\\.\n",
    "\n\\.",
    "\nCREATE TABLE t (a int);\n",
    "\nselect 1;",
    "create role a password 'k7Lp0q2';",
    "it's",
    "\\set a b\n",
    "begin",
    "f('a', 'b' ; ",
    "f('a' ;\n",
    "N'c'",
  ],
];

const fragment = fc
  .array(fc.constantFrom(...pieces), { maxLength: 8 })
  .map((parts) => parts.join(""));

/** A text, and edits whose places are taken modulo what is there. */
const edits = fc.tuple(
  fc
    .array(fc.constantFrom(...pieces), { maxLength: 40 })
    .map((parts) => parts.join("")),
  fc.array(fc.tuple(fc.nat(), fc.nat(12), fragment), {
    minLength: 1,
    maxLength: 8,
  }),
);

interface Placed {
  readonly start: number;
  readonly tokens: readonly Token[];
}

function cacheOf(text: string): SegmentCache<Placed> {
  return new SegmentCache(text, (_, { start }, tokens) => ({
    start,
    tokens: tokens(),
  }));
}

function tokensOf(cache: SegmentCache<Placed>): Token[] {
  return cache.segments().flatMap(({ found, moved }) =>
    found.tokens.map((token) => ({
      ...token,
      start: token.start + moved,
      end: token.end + moved,
    })),
  );
}

/** The change at a place modulo the text's length, of a length at most. */
function place(
  text: string,
  at: number,
  length: number,
  inserted: string,
): TextChange {
  const start = at % (text.length + 1);
  return { start, end: Math.min(text.length, start + length), text: inserted };
}

describe("the segments of a text that is being edited", () => {
  it("hold the tokens that a fresh reading gives, after any edits", () => {
    fc.assert(
      fc.property(edits, fc.boolean(), ([before, changes], isLazy) => {
        let text = before;
        const cache = cacheOf(text);
        for (const [at, length, inserted] of changes) {
          const change = place(text, at, length, inserted);
          text = changed(text, change);
          cache.change(change, text);
          if (!isLazy) {
            assert.deepEqual(
              tokensOf(cache),
              lexTolerantly(text),
              JSON.stringify(text),
            );
          }
        }
        assert.deepEqual(
          tokensOf(cache),
          lexTolerantly(text),
          JSON.stringify(text),
        );
      }),
      { numRuns: 3000 },
    );
  });

  const texts = fc
    .array(fc.constantFrom(...pieces, "(';'", "%(a)s", "1.e", "::", "copy"), {
      maxLength: 40,
    })
    .map((parts) => parts.join(""));

  function assertSameOutline(text: string): void {
    const lexed = lexSegments(text);
    for (const wanted of [0, 1, 3]) {
      const wantsTokens = (start: number): boolean => start % 4 < wanted;
      const outline: Segment[] = [];
      outlineSegments(new Lookahead(text), wantsTokens, (segment) => {
        outline.push(segment);
        return true;
      });
      assert.deepEqual(
        outline.map((segment) => ({ ...segment, tokens: [] })),
        lexed.map((segment) => ({ ...segment, tokens: [] })),
        JSON.stringify(text),
      );
    }
  }

  it("are the same when their ends are found without their tokens", () => {
    fc.assert(fc.property(texts, assertSameOutline), { numRuns: 10_000 });
  });

  it("are the same in long texts, wherever what is made ready of them ends", () => {
    const fillers = fc.tuple(
      fc.constantFrom("a ", "é ", "\u017f;", "(\u{1f600}) "),
      fc.constantFrom(200, 8_150, 8_190),
    );
    const longTexts = fc
      .tuple(fillers, texts, texts)
      .map(([[unit, count], first, last]) =>
        [first, unit.repeat(count), last].join(""),
      );
    fc.assert(fc.property(longTexts, assertSameOutline), { numRuns: 120 });
  });

  it("are read again only where an edit is", () => {
    const statement = "INSERT INTO t VALUES ('it''s', $$a;b$$); -- c\n";
    let text = statement.repeat(1000);
    let readings = 0;
    const cache = new SegmentCache(text, () => ++readings);
    cache.segments();
    assert.equal(readings, 1001);
    for (const inserted of ["x", "'", "'", "/*", "*/", "$$", "$$"]) {
      readings = 0;
      const at = text.indexOf("VALUES", text.length / 2);
      const change = { start: at, end: at, text: inserted };
      text = changed(text, change);
      cache.change(change, text);
      cache.segments();
      assert.ok(
        readings <= (inserted.length === 1 ? 3 : 600),
        `${inserted}: ${readings}`,
      );
    }
  });
});
