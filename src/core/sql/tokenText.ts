import type { Token } from "./token";

/** Offsets of what is between a token's quotes; of the whole token when it has none. */
export interface ContentRange {
  readonly start: number;
  readonly end: number;
}

/** Where the content of a string, quoted identifier, comment or parameter lies. */
export function contentRange(text: string, token: Token): ContentRange {
  const { start, end } = token;
  const isClosed = token.closed !== false;
  switch (token.kind) {
    case "string":
    case "escapeString":
    case "quotedIdentifier": {
      const quote = firstQuote(text, start);
      return {
        start: quote + 1,
        end: Math.max(quote + 1, isClosed ? end - 1 : end),
      };
    }
    case "dollarString": {
      const tag = text.indexOf("$", start + 1) + 1 - start;
      return {
        start: start + tag,
        end: Math.max(start + tag, isClosed ? end - tag : end),
      };
    }
    case "comment": {
      const isBlock = text.startsWith("/*", start);
      const opening = text.startsWith("--", start) || isBlock ? 2 : 1;
      return {
        start: start + opening,
        end: Math.max(start + opening, isBlock && isClosed ? end - 2 : end),
      };
    }
    case "word":
    case "number":
    case "operator":
    case "punctuation":
    case "psqlMeta":
    case "parameter":
    case "template":
      return { start, end };
  }
}

function firstQuote(text: string, start: number): number {
  let at = start;
  while (at < start + 3) {
    const code = text.charCodeAt(at);
    if (code === 0x27 || code === 0x22 || code === 0x60) {
      return at;
    }
    at++;
  }
  return start;
}

/** The value that a string, quoted identifier or word stands for: quotes off, escapes read. */
export function tokenValue(text: string, token: Token): string {
  const range = contentRange(text, token);
  const raw = text.slice(range.start, range.end);
  switch (token.kind) {
    case "string":
      return raw.includes("''") ? raw.replaceAll("''", "'") : raw;
    case "escapeString":
      return decodeEscapes(raw);
    case "quotedIdentifier": {
      const quote = text.charAt(range.start - 1);
      return raw.replaceAll(quote + quote, quote);
    }
    case "word":
    case "dollarString":
    case "number":
    case "operator":
    case "punctuation":
    case "comment":
    case "psqlMeta":
    case "parameter":
    case "template":
      return raw;
  }
}

const escapePattern =
  /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{1,3})|([^]))|''/gi;

function decodeEscapes(raw: string): string {
  if (!raw.includes("\\") && !raw.includes("''")) {
    return raw;
  }
  return raw.replace(
    escapePattern,
    (
      _,
      hex?: string,
      four?: string,
      eight?: string,
      octal?: string,
      other?: string,
    ) => {
      const digits = hex ?? four ?? eight;
      if (digits !== undefined) {
        return codePoint(Number.parseInt(digits, 16));
      }
      if (octal !== undefined) {
        return codePoint(Number.parseInt(octal, 8));
      }
      return other === undefined ? "'" : (controls.get(other) ?? other);
    },
  );
}

const controls: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
]);

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
