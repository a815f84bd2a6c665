import { withoutMarks } from "../commentText";
import { connectionSecrets } from "../connectionText";
import type { OffsetRange, Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isCredentialName } from "../keys";
import { isInQuery, proseSecrets } from "../prose";
import { regionRange, subRegion, type Region } from "../region";
import { commandSecrets } from "../shellCommands";
import { shellSecrets } from "../shellText";
import { nameWords } from "../nameWords";
import { isNonValue } from "../nonValues";
import { removedValue } from "../removedValue";

/** What may stand before the mark of a comment: nothing of its line, or what separates. */
const beforeMark = " \t\uFEFF\n\r\u2028\u2029";

const commentedOut =
  /^#+\s{0,40}(?:-\s+)?["']?([A-Za-z_][\w .-]{0,60}?)["']?\s{0,4}:\s{1,8}(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#'"]+))\s*(?:#.*)?$/;

/** What is left in comments: keys that are commented out, URLs, assignments, `password is 'x'`. */
export function scanYamlComments(
  region: Region,
  scalars: readonly OffsetRange[],
  report: Report,
): void {
  const { text } = region;
  let next = 0;
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at)) {
    const start = at;
    if (start > 0 && !beforeMark.includes(text.charAt(start - 1))) {
      at++;
      continue;
    }
    while (next < scalars.length && (scalars[next]?.end ?? 0) <= start) {
      next++;
    }
    const scalar = scalars[next];
    if (scalar !== undefined && scalar.start <= start) {
      at = scalar.end;
      continue;
    }
    const lineEnd = text.indexOf("\n", start);
    at = lineEnd < 0 ? text.length : lineEnd;
    scanComment(region, { start, end: at }, report);
  }
}

function scanComment(
  region: Region,
  comment: OffsetRange,
  report: Report,
): void {
  readRemoved(region, comment, report);
  if (mayHoldCredential(region.text.slice(comment.start, comment.end))) {
    for (const text of withoutMarks(subRegion(region, comment))) {
      readComment(text, report);
    }
  }
}

const givenKey =
  /(?:^|[\s{,])["']?([\w.-]{1,100})["']?[ \t]{0,4}[:=][^:=]{0,200}$/;

/** `password: ${PW} # was x1`: what the key of the line had before. */
function readRemoved(
  region: Region,
  { end, start }: OffsetRange,
  report: Report,
): void {
  const { text } = region;
  const was = removedValue(text.slice(start, end));
  if (was === null) {
    return;
  }
  const before = text.slice(Math.max(0, start - 300), start);
  const [, key = ""] =
    givenKey.exec(before.slice(before.lastIndexOf("\n") + 1)) ?? [];
  if (isCredentialName(key)) {
    const { value } = was;
    const at = start + was.at;
    const range = regionRange(region, { start: at, end: at + value.length });
    report({ rule: "CS112", range, value, key, place: "comment" });
  }
}

/** `fromSecret: manual-secret`: which secret is meant, by its name. */
function isResourceName(key: string, value: string): boolean {
  const words = nameWords(key);
  // `secretKey: password` names an entry of a secret, there as elsewhere.
  if (/secretkey$/i.test(key) && /^[a-z]+(?:[-_.][a-z\d]+)*$/.test(value)) {
    return true;
  }
  // A name that itself ends so, `loki-admin-token`, is one whatever the key says.
  const isNamed =
    words.length > 1 ||
    /-(?:secret|token|tls|creds?|credentials?|cert|auth)$/.test(value);
  return (
    isNamed &&
    words.at(-1) === "secret" &&
    /^[a-z]+(?:[-.][a-z]+)+$/.test(value)
  );
}

function readComment(line: Region, report: Report): void {
  const add = (range: OffsetRange, value: string, key: string): void => {
    report({
      rule: "CS112",
      range: regionRange(line, range),
      value,
      key,
      place: "comment",
    });
  };
  const match = commentedOut.exec(line.text.trimEnd());
  const key = match?.[1] ?? "";
  // `e.g. password: x` explains; a URL or a command behind it has its credential all the same.
  const isExample = /^(?:e\.?g\.?|i\.e\.|example|ex)(?![\w.-])/i.test(key);
  if (match !== null && !isExample && isCredentialName(key)) {
    const value = match[2] ?? match[3] ?? match[4] ?? "";
    const start = line.text.lastIndexOf(value, line.text.trimEnd().length);
    if (
      !isNonValue(value) &&
      !isResourceName(key, value) &&
      !/^(?:[|>][+-]?\d?|https?:|the|a)$/i.test(value) &&
      !(nameWords(key).length === 1 && /^(?:secret|token)$/i.test(value))
    ) {
      add({ start, end: start + value.length }, value, key);
    }
    return;
  }
  const texts = [
    ...connectionSecrets(line.text),
    ...shellSecrets(line.text),
    ...commandSecrets(line.text),
    ...(isExample ? [] : proseSecrets(line.text)).filter(
      ({ range }) => !isInQuery(line.text, range.start),
    ),
  ];
  for (const { range, value, key } of texts) {
    add(range, value, key);
  }
}
