import type { Entry } from "./entry";
import type { Name, Names } from "./nameFacts";

/** Longer names of anchors are not looked at. */
export const longestAnchor = 80;

const anchor = /(?:^|\s)&([\w.-]+)\s+(?:!\S*\s+)?$/;

/** The name of the anchor before a scalar, or the empty string. */
export function anchorBefore(text: string, start: number): string {
  const before = text.slice(Math.max(0, start - longestAnchor), start);
  return before.includes("&") ? (anchor.exec(before)?.[1] ?? "") : "";
}

/** Keys of what is called or found so, whatever its anchor is called. */
const otherKey = /(?:name|id|ref|host|image|kind|path|url|uri|file|command)$/i;

/** `x: &db_password hunter2`: what the value is called by its anchor alone; null where that says no credential. */
export function anchoredName(entry: Entry, names: Names): Name | null {
  const name = entry.anchor === "" ? null : names.of(entry.anchor);
  return name?.claim !== "credential" ||
    otherKey.test(entry.name) ||
    // `&token` is as likely what a list of things is called.
    (name.isWeak && !/\d/.test(entry.text))
    ? null
    : name;
}
