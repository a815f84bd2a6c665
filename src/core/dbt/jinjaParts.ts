import { JinjaFailure } from "./jinjaFailure";

/** A piece of a template: plain text, or one tag. */
export interface JinjaPart {
  readonly kind: "text" | "expression" | "statement" | "comment";
  readonly text: string;
  /** Offset in the template. */
  readonly start: number;
}

const closings = { "{{": "}}", "{%": "%}", "{#": "#}" } as const;
const kinds = {
  "{{": "expression",
  "{%": "statement",
  "{#": "comment",
} as const;

type Opening = keyof typeof closings;

/** Escapes of a string literal that mean something; before any other character Python leaves the backslash. */
const knownEscapes = new Set("ntrbfv'\"\\xu");

/** Takes a template apart, in one pass. Throws a `JinjaFailure` at a tag that is not closed. */
export function jinjaParts(template: string): JinjaPart[] {
  const parts: JinjaPart[] = [];
  let textStart = 0;
  let at = 0;
  while (at < template.length) {
    const opening = openingAt(template, at);
    if (opening === null) {
      at += 1;
      continue;
    }
    if (at > textStart) {
      const text = template.slice(textStart, at);
      parts.push({ kind: "text", text, start: textStart });
    }
    const { text, end } = readTag(template, at, opening);
    parts.push({ kind: kinds[opening], text, start: at });
    at = textStart = end;
  }
  if (textStart < template.length) {
    const text = template.slice(textStart);
    parts.push({ kind: "text", text, start: textStart });
  }
  return parts;
}

/** Where the tags of a text begin: of a YAML source as well as of the value that it stands for. */
export function tagStarts(source: string): number[] {
  const starts: number[] = [];
  for (const match of source.matchAll(/\{[{%#]/g)) {
    starts.push(match.index);
  }
  return starts;
}

function openingAt(template: string, at: number): Opening | null {
  const two = template.slice(at, at + 2);
  return Object.hasOwn(closings, two) ? (two as Opening) : null;
}

function readTag(
  template: string,
  start: number,
  opening: Opening,
): { readonly text: string; readonly end: number } {
  const closing = closings[opening];
  let text: string = opening;
  let depth = 0;
  let at = start + 2;
  while (at < template.length) {
    const char = template.charAt(at);
    if (depth === 0 && template.startsWith(closing, at)) {
      return { text: text + closing, end: at + 2 };
    }
    if (opening !== "{#" && (char === "'" || char === '"')) {
      const literal = readLiteral(template, at, start);
      text += literal.text;
      at = literal.end;
      continue;
    }
    depth += opening === "{#" ? 0 : char === "{" ? 1 : char === "}" ? -1 : 0;
    text += char;
    at += 1;
  }
  throw new JinjaFailure(
    "profileInvalid",
    `This Jinja tag is not closed: "${closing}" is missing.`,
    start,
  );
}

/** A string literal, as the interpreter reads it: a backslash that means nothing is doubled. */
function readLiteral(
  template: string,
  start: number,
  tag: number,
): { readonly text: string; readonly end: number } {
  const quote = template.charAt(start);
  let text = quote;
  for (let at = start + 1; at < template.length; at++) {
    const char = template.charAt(at);
    if (char === quote) {
      return { text: text + quote, end: at + 1 };
    }
    if (char === "\\") {
      at += 1;
      const escaped = template.charAt(at);
      text += knownEscapes.has(escaped) ? char + escaped : `\\\\${escaped}`;
    } else {
      text += char;
    }
  }
  throw new JinjaFailure(
    "profileInvalid",
    "A text in this Jinja tag has no closing quote.",
    tag,
  );
}
