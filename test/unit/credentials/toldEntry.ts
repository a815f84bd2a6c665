import type { Entry } from "../../../src/core/credentials/yaml/entry";

/** All that can be asked of an entry, found out: what it keeps until it is asked for is no difference. */
export function toldEntry(entry: Entry): unknown {
  const { kind, path, range, style, subject, tag, text, value } = entry;
  const { before, isListItem, isNumber, isText, isThrowAway, whole } = entry;
  return {
    ...{ kind, path, range, style, subject, tag, text, value },
    ...{ before, isListItem, isNumber, isText, isThrowAway },
    whole: { start: whole.start, end: whole.end },
    siblings: entry.siblings.entries(),
  };
}
