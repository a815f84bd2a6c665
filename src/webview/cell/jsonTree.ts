import {
  parseTree,
  type Node as JsonNode,
  type ParseError,
} from "jsonc-parser";
import { visibleLines } from "../../core/results/formatText";
import { make } from "../dom";

/** Entries of an object or array that are shown at once; the others by a button. */
const shownEntries = 200;
/** Levels that are open at the beginning. */
const openLevels = 2;

/**
 * JSON as a tree, or null for a text that is none. Numbers are the text's own digits: parsing them would round those of
 * 64 bits and more.
 */
export function jsonTree(text: string): HTMLElement | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  if (root === undefined || errors.length > 0) return null;
  return make("div", "json-tree", valueView(text, root, 0));
}

function valueView(text: string, node: JsonNode, level: number): HTMLElement {
  if (node.type !== "object" && node.type !== "array") {
    return make("span", `json-${node.type}`, raw(text, node));
  }
  const entries = node.children ?? [];
  const isArray = node.type === "array";
  const size = isArray ? `[${entries.length}]` : `{${entries.length}}`;
  const details = document.createElement("details");
  const list = make("ul", "json-entries");
  let isBuilt = false;
  const build = (): void => {
    if (isBuilt) return;
    isBuilt = true;
    addEntries(list, { text, entries, isArray, level }, 0);
  };
  details.addEventListener("toggle", build);
  details.append(make("summary", "dim", size), list);
  if (level < openLevels && entries.length > 0) {
    details.open = true;
    build();
  }
  return details;
}

interface Entries {
  readonly text: string;
  readonly entries: readonly JsonNode[];
  readonly isArray: boolean;
  readonly level: number;
}

function addEntries(list: HTMLElement, all: Entries, from: number): void {
  const { text, entries, isArray, level } = all;
  const to = Math.min(entries.length, from + shownEntries);
  for (let index = from; index < to; index += 1) {
    const entry = entries[index];
    if (entry === undefined) break;
    const key = isArray ? undefined : entry.children?.[0];
    const value = isArray ? entry : entry.children?.[1];
    const name = key === undefined ? String(index) : raw(text, key);
    list.append(
      make(
        "li",
        "",
        make("span", isArray ? "json-index" : "json-key", `${name}: `),
        value === undefined ? "" : valueView(text, value, level + 1),
      ),
    );
  }
  if (to < entries.length) {
    const more = make("button", "link-button", `${entries.length - to} more…`);
    more.type = "button";
    const item = make("li", "", more);
    more.addEventListener("click", () => {
      item.remove();
      addEntries(list, all, to);
      list.children[to]?.querySelector<HTMLElement>("summary, button")?.focus();
    });
    list.append(item);
  }
}

function raw(text: string, { offset, length }: JsonNode): string {
  return visibleLines(text.slice(offset, offset + length));
}
