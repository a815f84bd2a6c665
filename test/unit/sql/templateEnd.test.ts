import assert from "node:assert/strict";
import { lex } from "../../../src/core/sql/lexer";

/** The templates that are read in a text. */
function templates(text: string): string[] {
  return lex(text)
    .filter(({ kind }) => kind === "template")
    .map(({ end, start }) => text.slice(start, end));
}

describe("the end of a template", () => {
  for (const own of [
    `{{ config(pre_hook="grant x on {{ this }} to 'y'") }}`,
    `{{ config(hooks=["a {{ b }}", 'c {{ d }} \\' {{ e }}']) }}`,
  ]) {
    it(`is behind what stands in a string of it: ${own}`, () => {
      assert.deepEqual(templates(`${own} select {{ z }}`), [own, "{{ z }}"]);
    });
  }

  for (const own of ["{{ don't }}", "{{ f('a }}", `{{ f("{{ x }}`]) {
    it(`is its first closing where no string has one: ${own}`, () => {
      assert.equal(templates(`${own} '{{ z }}' {{ a }}`)[0], own);
    });
  }
});
