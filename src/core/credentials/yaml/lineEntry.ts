import type { OffsetRange } from "../finding";
import { Entry, type Surroundings } from "./entry";
import { resourceKind, type FileKind } from "./kind";
import type { Value } from "./lineValues";
import { Siblings } from "./siblings";

const noText = /^(?:true|false|yes|no|on|off|null|~)$/i;

/** A map as its lines are read: what is indented further belongs to its last key. */
export class Frame implements Surroundings {
  readonly siblings = new Siblings();
  readonly names = new Map<string, null>();
  readonly isThrowAway = false;
  readonly subject = "";
  lastKey = "";
  private ownKind: FileKind | undefined;

  constructor(
    readonly indent: number,
    readonly path: readonly string[],
    readonly parent: Frame | null,
    /** What the text around the outermost map is. */
    private readonly root: FileKind,
  ) {}

  /** Known when all of its lines are read. */
  get kind(): FileKind {
    return (this.ownKind ??=
      resourceKind(this.names, this.siblings) ??
      this.parent?.kind ??
      this.root);
  }
}

/** The entry of a value on a line. */
export class LineEntry extends Entry {
  constructor(
    frame: Frame,
    key: string,
    isListItem: boolean,
    private readonly found: Value,
    readonly before: string,
  ) {
    // A flow list's items have their list's own path, one for all: they can be words of one command.
    super(
      frame,
      key === "" ? undefined : key,
      isListItem,
      found.range,
      found.text,
    );
  }

  get whole(): OffsetRange {
    return this.found.whole;
  }

  get style(): Value["style"] {
    return this.found.style;
  }

  get tag(): string {
    return this.found.tag;
  }

  get anchor(): string {
    return this.found.anchor;
  }

  get isLiteral(): boolean {
    return this.style === "block";
  }

  get value(): string {
    return this.text;
  }

  get isText(): boolean {
    return this.style !== "plain" || !noText.test(this.text);
  }

  get isNumber(): boolean {
    return this.style === "plain" && /^[\d.]+$/.test(this.text);
  }
}
