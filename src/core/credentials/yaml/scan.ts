import type { Candidate, OffsetRange, Report } from "../finding";
import { mayBeSecretManifest, mayHoldCredential } from "../gate";
import { joinRegions, regionRange, subRegion, type Region } from "../region";
import { scanYamlComments } from "./comments";
import { isArgumentKey } from "./commandKeys";
import { commandLine, readCommands } from "./commands";
import { readSuspects } from "./entries";
import type { Entry } from "./entry";
import { keyedValue } from "./keyed";
import { Known } from "./known";
import type { Names } from "./nameFacts";
import { nameOf } from "./names";
import { escapedRegion } from "./scalarRegion";
import type { TextFacts } from "./textFacts";
import { argumentValue, mayHoldInText, readText } from "./texts";

/** How deep YAML within block scalars is followed. */
const maxDepth = 2;

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
  entries.forEach((entry) => {
    scanEntry(region, entry, report, depth, read, known);
  });
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
  const name = nameOf(entry, known.names);
  const keyed = keyedValue(entry, name, known);
  if (keyed !== null) {
    report(ofEntry(keyed, regionRange(region, keyed.range), entry));
  }
  const argument = argumentValue(entry);
  if (argument !== null) {
    report(ofEntry(argument, regionRange(region, argument.range), entry));
  }
  const escaped = escapedRegion(region, entry);
  const facts = known.texts.of(escaped?.text ?? entry.text);
  const mayHold = mayHoldInText(facts, entry);
  const isYaml = depth < maxDepth && isYamlText(facts, entry, known.names);
  if (!mayHold && !isYaml) {
    return;
  }
  const content = escaped ?? subRegion(region, entry.range);
  if (mayHold) {
    const { replaced } = entry;
    readText(facts, entry, name, known, (found) => {
      if (replaced?.has(found.value) !== true) {
        report(ofEntry(found, regionRange(content, found.range), entry));
      }
    });
  }
  if (isYaml) {
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
function isYamlText(
  facts: TextFacts,
  { name, style }: Entry,
  names: Names,
): boolean {
  return (
    (style === "block" || facts.text.includes("\n")
      ? facts.hasKeys
      : facts.isJson) && !names.of(name).isProse
  );
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
  entries.forEach((entry) => {
    if (items.length > 0 && entry.path !== items[0]?.path) {
      read();
    }
    // Of others no command is made.
    if (entry.isListItem && isArgumentKey(entry.name)) {
      items.push(entry);
    }
  });
  read();
}
