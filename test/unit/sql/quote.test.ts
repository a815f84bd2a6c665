import assert from "node:assert/strict";
import fc from "fast-check";
import { lex } from "../../../src/core/sql/lexer";
import { quoteIdentifier, quoteLiteral } from "../../../src/core/sql/quote";
import { tokenValue } from "../../../src/core/sql/tokenText";

describe("quoteIdentifier and quoteLiteral", () => {
  it("double what they quote with", () => {
    assert.equal(quoteIdentifier('a"b'), '"a""b"');
    assert.equal(quoteLiteral("it's"), "'it''s'");
  });

  it("read back as one token of the same value", () => {
    fc.assert(
      // A backslash before a quote is where MySQL differs; the lexer's tolerance for it is not what is tested here.
      fc.property(
        fc.string().filter((value) => !value.includes("\\")),
        (value) => {
          for (const quoted of [quoteIdentifier(value), quoteLiteral(value)]) {
            const [token, ...rest] = lex(quoted);
            assert.ok(token !== undefined && rest.length === 0);
            assert.equal(tokenValue(quoted, token), value);
          }
        },
      ),
    );
  });
});
