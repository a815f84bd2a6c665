import type { SqlView } from "./view";

/** Parenthesis that is open: what its words mean. */
export type Paren = "options" | "properties" | "tableFunction" | "other";

/** Words before the parentheses of a list of properties, each `name = 'value'`. */
const propertyLists =
  /^(?:with|properties|\w+properties|settings|files|kafka|configuration|parameters|options|credentials|config)$/;

/** What the parenthesis at `index` holds. */
export function parenKind(view: SqlView, index: number): Paren {
  const callee = view.word(index - 1);
  const before = view.word(index - 2);
  if (callee === "options") {
    return "options";
  }
  if (
    propertyLists.test(callee) ||
    // WITH S3 (…), WITH BROKER b (…)
    (callee !== "" && (before === "with" || before === "broker"))
  ) {
    return "properties";
  }
  return callee !== "" && /^(?:from|join|call|lateral|exec)$/.test(before)
    ? "tableFunction"
    : "other";
}

/** The parentheses that are open in a statement, innermost last. */
export class OpenParens {
  private kinds: Paren[] = [];
  /** How many of them are lists of options. */
  private lists = 0;

  get depth(): number {
    return this.kinds.length;
  }

  get innermost(): Paren | undefined {
    return this.kinds.at(-1);
  }

  get isInOptions(): boolean {
    return this.lists > 0;
  }

  open(kind: Paren): void {
    this.kinds.push(kind);
    if (kind === "options") {
      this.lists++;
    }
  }

  close(): void {
    if (this.kinds.pop() === "options") {
      this.lists--;
    }
  }

  closeAll(): void {
    this.kinds = [];
    this.lists = 0;
  }
}
