import type { OffsetRange } from "./finding";

const quote = /["']/g;

/** With more quotes that are not closed a text is no code: to look for the end of each takes time by its square. */
const maxOpen = 30;

/** What is between the quotes of a text, one behind the other; `quoted` is sticky and tells what one is. */
export function* quotedStrings(
  text: string,
  quoted: RegExp,
): Generator<OffsetRange> {
  let open = 0;
  for (let at = 0; open <= maxOpen;) {
    quote.lastIndex = at;
    const start = quote.exec(text)?.index;
    if (start === undefined) {
      return;
    }
    quoted.lastIndex = start;
    if (quoted.test(text)) {
      at = quoted.lastIndex;
      yield { start: start + 1, end: at - 1 };
    } else {
      open++;
      at = start + 1;
    }
  }
}
