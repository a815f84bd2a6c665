import type { Candidate, OffsetRange, Report } from "../finding";
import { mayBeSecretManifest, mayHoldCredential } from "../gate";
import { joinRegions, regionRange, type Region } from "../region";
import { scanYamlComments } from "./comments";
import { commandLine, readCommands } from "./commands";
import { readSuspects } from "./entries";
import type { Entry } from "./entry";
import { readKeyed } from "./keyed";
import { Known } from "./known";
import { nameOf } from "./names";
import { scalarRegion } from "./scalarRegion";
import { readArgument, readText } from "./texts";

/** How deep YAML within block scalars is followed. */
const maxDepth = 2;

/** Keys of text for people, whose `password: x` is an example at most. */
const proseKey =
  /^(?:descriptions?|notes?|summary|help|docs?|documentation|message|changelog|readme|markdown|comment|title|about)$/i;

/**
 * Reports every value in a credential's position of the YAML in a region. Never throws. `read` finds the scalars that
 * are looked at: those that it leaves out have nothing to report.
 */
export function scanYaml(
  region: Region,
  report: Report,
  depth = 0,
  read = readSuspects,
  known = new Known(),
): void {
  if (!mayHoldCredential(region.text) && !mayBeSecretManifest(region.text)) {
    return;
  }
  const { entries, scalars } = read(region.text, known.names);
  for (const entry of entries) {
    scanEntry(region, entry, report, depth, read, known);
  }
  scanCommandLists(region, entries, report);
  scanYamlComments(region, scalars, report);
}

function scanEntry(
  region: Region,
  entry: Entry,
  report: Report,
  depth: number,
  read: typeof readSuspects,
  known: Known,
): void {
  const inRegion: Report = (candidate) => {
    report(ofEntry(candidate, regionRange(region, candidate.range), entry));
  };
  const name = nameOf(entry, known.names);
  readKeyed(entry, name, known, inRegion);
  readArgument(entry, inRegion);
  const content = scalarRegion(region, entry);
  const inContent: Report = (candidate) => {
    report(ofEntry(candidate, regionRange(content, candidate.range), entry));
  };
  readText(content.text, entry, name.name, known, inContent);
  if (depth < maxDepth && isYamlText(content.text, entry)) {
    const inner = nestedRegion(region, content, entry);
    scanYaml(inner, report, depth + 1, read, known);
  }
}

/** All have the same form, member by member: what is added to objects of many forms takes longer than all else. */
function ofEntry(
  { key, place, rule, subject, user, value }: Candidate,
  range: OffsetRange,
  { isThrowAway, kind: fileKind }: Entry,
): Candidate {
  return {
    rule,
    range,
    value,
    key,
    place,
    subject,
    user,
    fileKind,
    isThrowAway,
  };
}

/** True for a text of its own keys: YAML in a ConfigMap, JSON in a string. */
function isYamlText(text: string, { path, style }: Entry): boolean {
  if (proseKey.test(path.at(-1) ?? "")) {
    return false;
  }
  return style === "block" || text.includes("\n")
    ? /^[^\S\n\r\u2028\u2029]*(?:- +)?["']?[\w.-]+["']?\s*:(?:\s|$)/m.test(
        text,
      ) || /^\s*[[{]/.test(text)
    : /^\s*[[{][^]*["'][\w.-]+["']\s*:/.test(text);
}

/** A block scalar is read without its indentation, which would hide the marks between documents. */
function nestedRegion(region: Region, content: Region, entry: Entry): Region {
  if (entry.style !== "block") {
    return content;
  }
  const { start, end } = entry.range;
  const { text } = region;
  const indent = start - (text.lastIndexOf("\n", start - 1) + 1);
  const lines: OffsetRange[] = [];
  let at = start - indent;
  while (at < end) {
    const next = text.indexOf("\n", at);
    const lineEnd = next < 0 ? end : Math.min(next, end);
    const blanks = /^[ \t]*/.exec(
      text.slice(at, Math.min(lineEnd, at + indent)),
    );
    lines.push({ start: at + (blanks?.[0].length ?? 0), end: lineEnd });
    at = lineEnd + 1;
  }
  return joinRegions(region, lines);
}

/** Commands that are lists of words: `["mysqladmin", "-px"]`. */
function scanCommandLists(
  region: Region,
  entries: readonly Entry[],
  report: Report,
): void {
  let items: Entry[] = [];
  const read = (): void => {
    const line = commandLine(region, items);
    if (line !== null) {
      readCommands(line, report);
    }
    items = [];
  };
  for (const entry of entries) {
    if (!entry.isListItem || entry.path !== items[0]?.path) {
      read();
    }
    if (entry.isListItem) {
      items.push(entry);
    }
  }
  read();
}
