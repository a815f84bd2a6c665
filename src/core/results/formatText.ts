/**
 * What a person must be able to see in a cell, and what a terminal or a browser must not act on: control characters
 * (escape sequences, line breaks) and marks that reorder or hide the text around them.
 */
const unseen = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200b\u2060\ufeff]/u;
const unseenAll =
  /\r\n|[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200b\u2060\ufeff]/gu;

/** One line that shows the text's control characters as visible signs; at most `limit` UTF-16 units of the text. */
export function visibleText(text: string, limit: number): string {
  const bounded = text.length > limit ? `${cut(text, limit)}…` : text;
  return unseen.test(bounded) ? bounded.replace(unseenAll, sign) : bounded;
}

/** The same over several lines: line breaks and tabs stay what they are. */
export function visibleLines(text: string): string {
  return text.replace(unseenAll, (found) =>
    found === "\n" || found === "\r\n" || found === "\t" ? found : sign(found),
  );
}

/** Cuts without splitting a surrogate pair. */
function cut(text: string, limit: number): string {
  const last = text.charCodeAt(limit - 1);
  const pair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, pair ? limit - 1 : limit);
}

function sign(found: string): string {
  switch (found) {
    case "\n":
    case "\r\n":
      return "↵";
    case "\t":
      return "⇥";
    case "\u007f":
      return "␡";
    default: {
      const code = found.charCodeAt(0);
      return code < 0x20
        ? String.fromCharCode(0x2400 + code)
        : `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
    }
  }
}
