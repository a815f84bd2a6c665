import type { Report } from "../finding";
import { mayBeSecretManifest, mayHoldCredential } from "../gate";
import { regionRange, subRegion, type Region } from "../region";
import { scanYamlComments } from "./comments";
import { readEntries, type Entry } from "./entries";
import { readKeyed } from "./keyed";
import { scanYamlLines } from "./lines";
import { readText } from "./texts";

/** Beyond this many characters a file is read line by line: parsing it would take longer than a keystroke may. */
const maxParsed = 250_000;

/** How deep YAML within block scalars is followed. */
const maxDepth = 2;

/** Reports every value in a credential's position of the YAML in a region. Never throws. */
export function scanYaml(region: Region, report: Report, depth = 0): void {
  if (!mayHoldCredential(region.text) && !mayBeSecretManifest(region.text)) {
    return;
  }
  const entries = region.text.length > maxParsed ? null : parse(region.text);
  if (entries === null) {
    scanYamlLines(region, report);
    return;
  }
  for (const entry of entries) {
    const fileKind = entry.kind;
    readKeyed(entry, (candidate) => {
      report({
        ...candidate,
        range: regionRange(region, candidate.range),
        fileKind,
      });
    });
    readText(region, entry, (candidate) => {
      report({ ...candidate, fileKind });
    });
    if (
      entry.style === "block" &&
      depth < maxDepth &&
      /^\s*["']?[\w.-]+["']?:(?:\s|$)/m.test(entry.text)
    ) {
      nested(region, entry, report, depth);
    }
  }
  const scalars = entries
    .map((entry) => entry.whole)
    .sort((a, b) => a.start - b.start);
  scanYamlComments(region, scalars, report);
}

/** A ConfigMap's file: YAML in a block scalar, from the beginning of its first line on. */
function nested(
  region: Region,
  entry: Entry,
  report: Report,
  depth: number,
): void {
  const lineStart = region.text.lastIndexOf("\n", entry.range.start) + 1;
  scanYaml(
    subRegion(region, { start: lineStart, end: entry.range.end }),
    report,
    depth + 1,
  );
}

function parse(text: string): Entry[] | null {
  try {
    return readEntries(text);
  } catch {
    // The parser gave up on this text (it may, on what is far from YAML): lines are better than nothing.
    return null;
  }
}
