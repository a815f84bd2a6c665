import { joinRegions, type Region } from "../region";
import type { Entry } from "./entry";

const named: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  v: "\v",
};

/** The content of a scalar as it is read: `\"` and `''` are one character of it. Null when it reads as it is written. */
export function escapedRegion(region: Region, entry: Entry): Region | null {
  const { style, text } = entry;
  const isDouble = style === "double" && text.includes("\\");
  const isSingle = style === "single" && text.includes("''");
  if (!isDouble && !isSingle) {
    return null;
  }
  const parts: string[] = [];
  const offsets: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const begin = index;
    let unit = text.charAt(index);
    if (isSingle && unit === "'" && text.charAt(index + 1) === "'") {
      index++;
    } else if (isDouble && unit === "\\") {
      const next = text.charAt(index + 1);
      const code = /^(?:x([\da-f]{2})|u([\da-f]{4}))/i.exec(
        text.slice(index + 1, index + 6),
      );
      unit =
        code === null
          ? (named[next] ?? next)
          : String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? "", 16));
      index += code?.[0].length ?? 1;
    }
    parts.push(unit);
    offsets.push(begin);
  }
  return {
    text: parts.join(""),
    at: (offset) =>
      region.at(entry.range.start + (offsets[offset] ?? text.length)),
  };
}

/** True for a text on several lines that are read as fewer. */
export function isFolded(entry: Entry): boolean {
  const { isLiteral, style, text } = entry;
  return (
    !isLiteral &&
    text.includes("\n") &&
    !(style === "double" && text.includes("\\")) &&
    // What it reads as takes its time.
    entry.value.split("\n").length < text.split("\n").length
  );
}

/** Lines that are read as one, with a blank for each break between them. */
export function foldedRegion(region: Region): Region {
  const lines = Array.from(region.text.matchAll(/[^\n]+|(?<=\n)(?=\n)/g)).map(
    ({ 0: line, index }) => ({
      start: index + line.length - line.trimStart().length,
      end: index + line.trimEnd().length,
    }),
  );
  const joined = joinRegions(
    region,
    lines.map(({ end, start }) => ({ start: Math.min(start, end), end })),
  );
  return {
    text: joined.text.replaceAll(/(?<=[^\n])\n(?=[^\n])/g, " "),
    at: (offset) => joined.at(offset),
  };
}
