import { documentRegion } from "./region";
import { connectionSecrets } from "./connectionText";
import type { OffsetRange, Report } from "./finding";
import { literalUrlSecrets } from "./literalUrls";
import { formedSecrets } from "./providerTokens";
import { shellSecrets } from "./shellText";
import { usedSecrets } from "./sql/usedValues";
import { scanSql } from "./sql/scan";

/** What stands for a credential: of one length, so that it says nothing about the value's. */
export const mask = "•••";

/** Looser than any rule: on doubt more is masked. Group 1 is what stays. */
const loose: readonly RegExp[] = [
  // A credential's name, anything short, and a string: `PASSWORD 'x'`, `secret_key => 'x'`, `token" = 'x'`, `'pwd': 'x'`.
  /((?:pass(?:word|wd|phrase)?|pwd|secret\w{0,60}|token|(?<!\w)\w*key|credentials?|authorization|identified\s+by|connection_string)["'`\]]{0,2}\s{0,20}(?:=>|:=|==|=|:|\bto\b|\bas\b|\bby\b)?\s{0,20}[EeNnUu]?&?)'(?:[^'\\]|\\[^]|'')*(?:'|$)/gi,
  /((?:pass(?:word|wd|phrase)?|pwd|accountkey|sig)\s{0,4}=\s{0,4})[^\s'";&,)]+/gi,
  /((?:identified\s{1,9}by|password)\s{1,9})\$([A-Za-z_]*)\$[^]*?(?:\$\2\$|$)/gi,
  /([a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@'"]{0,200}:)[^\s'"]{1,300}(?=@)/gi,
];

/**
 * `text` with every value in a credential's position masked, for histories, headers, logs and errors. References
 * (`getenv('X')`, `$1`) stay readable where the position is certain. Never throws.
 */
export function redactSql(text: string): string {
  let masked: string;
  try {
    masked = maskRanges(text, ranges(text));
  } catch {
    // Whatever went wrong, a value must not get out: only the beginning's keyword is worth showing.
    return `${/^\s*\w+/.exec(text)?.[0] ?? ""} ${mask}`;
  }
  for (const pattern of loose) {
    masked = masked.replace(
      pattern,
      (_match, kept: string) =>
        `${kept}${kept.endsWith("=") || kept.endsWith(":") ? mask : `'${mask}'`}`,
    );
  }
  return masked;
}

function ranges(text: string): OffsetRange[] {
  const found: OffsetRange[] = [];
  const note: Report = ({ range, value }) => {
    if (value.trim() !== "") {
      found.push(range);
    }
  };
  scanSql(documentRegion(text), note);
  usedSecrets(text, note);
  const texts = [
    ...connectionSecrets(text, true),
    ...shellSecrets(text),
    ...formedSecrets(text),
  ];
  return [
    ...found,
    ...texts.map((each) => each.range),
    ...literalUrlSecrets(text),
  ];
}

function maskRanges(text: string, found: readonly OffsetRange[]): string {
  const sorted = [...found].sort((a, b) => a.start - b.start);
  let at = 0;
  let masked = "";
  for (const { start, end } of sorted) {
    if (start >= at) {
      masked += text.slice(at, start) + mask;
    }
    at = Math.max(at, end);
  }
  return masked + text.slice(at);
}
