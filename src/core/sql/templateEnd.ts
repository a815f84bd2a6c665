/** How far the end of a template is looked for behind a string of it in which another one stands. */
const longest = 2000;

/** Where a template ends, and up to where the text said so. */
interface TemplateEnd {
  readonly end: number;
  readonly reach: number;
}

/**
 * Offset behind the template at `at` whose first `closing` is at `close`. That of `{{ … }}` may belong to a template
 * within a string of it, as hooks of dbt have them: `{{ config(pre_hook="grant … on {{ this }} to x") }}`.
 */
export function templateEnd(
  text: string,
  at: number,
  close: number,
  closing: string,
): TemplateEnd {
  if (closing !== "}}") {
    const end = close + closing.length;
    return { end, reach: end };
  }
  const limit = Math.min(text.length, at + longest);
  let quote = 0;
  let isInner = false;
  let index = at + 2;
  for (; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (quote === 0) {
      if (code === 0x22 || code === 0x27) {
        quote = code;
      } else if (isPair(text, index, 0x7d)) {
        return { end: index + 2, reach: index + 2 };
      } else if (isPair(text, index, 0x7b)) {
        break;
      }
    } else if (code === 0x5c) {
      index++;
    } else if (code === quote) {
      quote = 0;
    } else if (isPair(text, index, 0x7b)) {
      isInner = true;
    }
    // An apostrophe that opens no string, or a string without a template in it.
    if (index >= close && !isInner) {
      break;
    }
  }
  return { end: close + 2, reach: Math.max(close, index) + 2 };
}

function isPair(text: string, index: number, code: number): boolean {
  return text.charCodeAt(index) === code && text.charCodeAt(index + 1) === code;
}
