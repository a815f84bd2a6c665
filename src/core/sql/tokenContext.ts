import { isOperatorPart } from "./chars";
import type { Token } from "./token";

/** True for a token that ends a value, so that what sticks to it is no parameter. */
function isValue(text: string, token: Token): boolean {
  switch (token.kind) {
    case "word":
    case "quotedIdentifier":
    case "string":
    case "escapeString":
    case "dollarString":
    case "number":
    case "parameter":
    case "template":
      return true;
    case "punctuation": {
      const code = text.charCodeAt(token.start);
      return code === 0x29 || code === 0x5d || code === 0x7d;
    }
    case "comment":
    case "operator":
    case "psqlMeta":
      return false;
  }
}

/** True when the last token is a value that ends exactly at `at`. */
export function isAdjacentValue(
  text: string,
  tokens: readonly Token[],
  at: number,
): boolean {
  const previous = tokens.at(-1);
  return previous?.end === at && isValue(text, previous);
}

/**
 * `{'a':'b'}`, `a[1:n]`, `a[:n]` and `col:field` have colons that begin no parameter.
 * `inner` is the code of the innermost open bracket.
 */
export function isSeparatorColon(
  text: string,
  tokens: readonly Token[],
  inner: number | undefined,
  at: number,
): boolean {
  const previous = tokens.at(-1);
  if (previous === undefined) {
    return false;
  }
  if (isValue(text, previous)) {
    return previous.end === at || inner === 0x5b || inner === 0x7b;
  }
  if (inner !== 0x5b || text.charCodeAt(previous.start) !== 0x5b) {
    return false;
  }
  const array = tokens.at(-2);
  return (
    array !== undefined && isValue(text, array) && !isWord(text, array, "array")
  );
}

/** True when the token is the unquoted word `lower`, in any case. */
export function isWord(
  text: string,
  token: Token | undefined,
  lower: string,
): boolean {
  return (
    token?.kind === "word" &&
    token.end - token.start === lower.length &&
    text.slice(token.start, token.end).toLowerCase() === lower
  );
}

/** True when the tokens from `first` on are a `COPY … FROM stdin`. */
export function isCopyFromStdin(
  text: string,
  tokens: readonly Token[],
  first: number,
): boolean {
  if (!isWord(text, tokens[first], "copy")) {
    return false;
  }
  for (let index = tokens.length - 2; index > first; index--) {
    if (
      isWord(text, tokens[index], "from") &&
      isWord(text, tokens[index + 1], "stdin")
    ) {
      return true;
    }
  }
  return false;
}

/** End of the operator at `at`, in the longest reading that leaves parameters, comments and signs alone. */
export function operatorEnd(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const before = text.charCodeAt(end - 1);
    const isArrowHead = code === 0x3e && before === 0x2d;
    const isPair =
      (code === 0x2a && before === 0x7e) || // ~*
      (code === 0x40 && before === 0x3c) || // <@
      (code === 0x2f && before === 0x2f); // //
    const isServerTag = code === 0x3c && text.charCodeAt(end + 1) === 0x25;
    if (!isArrowHead && !isPair && (!isOperatorPart(code) || isServerTag)) {
      break;
    }
  }
  return end;
}
