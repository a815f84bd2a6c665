import type { Entry } from "./entry";
import { isService, mapKind, type FileKind } from "./kind";
import {
  memberOf,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from "./node";
import { assignmentsOf, contentOf } from "./scalarText";

interface Around {
  readonly path: readonly string[];
  readonly kind: FileKind;
  readonly subject: string;
  readonly siblings: ReadonlyMap<string, string>;
  readonly isThrowAway: boolean;
}

const root: Around = {
  path: [],
  kind: "generic",
  subject: "",
  siblings: new Map(),
  isThrowAway: false,
};

/** The scalars of a document, in order, with what is around them. */
export function entriesOf(
  node: YamlNode,
  text: string,
  prepared: string,
): Entry[] {
  const walker = new Walker(text, prepared);
  walker.node(node, root, false, "");
  return walker.entries;
}

class Walker {
  readonly entries: Entry[] = [];

  constructor(
    private readonly text: string,
    private readonly prepared: string,
  ) {}

  node(
    node: YamlNode,
    around: Around,
    isListItem: boolean,
    before: string,
  ): void {
    switch (node?.type) {
      case "map":
        this.map(node, around);
        break;
      case "list":
        this.list(node, around);
        break;
      case "scalar":
        this.scalar(node, around, isListItem, before);
        break;
      case undefined:
        break;
    }
  }

  private list(list: YamlList, around: Around): void {
    const inside = { ...around, siblings: assignmentsOf(list) };
    let before = "";
    for (const item of list.items) {
      this.node(item, inside, true, before);
      before = item?.type === "scalar" ? item.value : "";
    }
  }

  private map(map: YamlMap, around: Around): void {
    const siblings = new Map<string, string>();
    const names = new Map<string, YamlNode>();
    const { keys, values } = map;
    keys.forEach((name, index) => {
      const value = values[index] ?? null;
      names.set(name, value);
      if (value?.type === "scalar") {
        siblings.set(name, value.value);
      }
    });
    const kind = mapKind(names, siblings, around);
    const own = memberOf(names.get("metadata") ?? null, "name");
    const subject =
      own?.type === "scalar" && own.isString ? own.value : around.subject;
    const isThrowAway =
      around.isThrowAway || isService(kind, around.path, names, siblings);
    keys.forEach((name, index) => {
      const path = [...around.path, name];
      const inside = { path, kind, subject, siblings, isThrowAway };
      this.node(values[index] ?? null, inside, false, "");
    });
  }

  private scalar(
    scalar: YamlScalar,
    around: Around,
    isListItem: boolean,
    before: string,
  ): void {
    const { start, end, isNumber, isText, source, style, tag } = scalar;
    if (end <= start) {
      return;
    }
    const { prepared, text } = this;
    const whole = { start, end };
    const range = contentOf(text, whole, style);
    const written = text.slice(range.start, range.end);
    // What was made harmless for the parser is read as it is written.
    const isAsWritten =
      text === prepared ||
      text.slice(start, end) === prepared.slice(start, end);
    this.entries.push({
      path: around.path,
      kind: around.kind,
      range,
      whole,
      text: written,
      value: isAsWritten ? source.trim() : written,
      style,
      isText,
      isNumber,
      tag,
      isListItem,
      before,
      isThrowAway: around.isThrowAway,
      siblings: around.siblings,
      subject: around.subject,
    });
  }
}
