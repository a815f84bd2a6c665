import type { SqlView } from "./view";

/** Parenthesis that is open: what its words mean. */
export type Paren =
  "options" | "properties" | "object" | "tableFunction" | "other";

/** Words before the parentheses of a list of properties, each `name = 'value'`. */
const propertyLists = new Set(
  "with properties settings files kafka configuration parameters options credentials config".split(
    " ",
  ),
);

/** Words before the name of a function whose arguments have names. */
const callers = new Set("from join call lateral exec".split(" "));

/** Functions that put an object together of names and values in turn. */
const objects = new Set([
  "json_build_object",
  "jsonb_build_object",
  "json_object",
  "object_construct",
  "hstore",
]);

/** What the parenthesis at `index` holds. */
export function parenKind(view: SqlView, index: number): Paren {
  const callee = view.word(index - 1);
  if (callee === "") {
    return "other";
  }
  if (callee === "options") {
    return "options";
  }
  if (objects.has(callee)) {
    return "object";
  }
  const before = view.word(index - 2);
  if (
    propertyLists.has(callee) ||
    (callee.endsWith("properties") && /^\w+$/.test(callee)) ||
    // WITH S3 (…), WITH BROKER b (…)
    before === "with" ||
    before === "broker"
  ) {
    return "properties";
  }
  return callers.has(before) ? "tableFunction" : "other";
}

/** The parentheses that are open in a statement, innermost last. */
export class OpenParens {
  private kinds: Paren[] = [];
  /** How many commas each of them has had. */
  private commas: number[] = [];
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

  /** True where the innermost has the name of a member of an object. */
  get isAtMember(): boolean {
    return this.innermost === "object" && (this.commas.at(-1) ?? 0) % 2 === 0;
  }

  comma(): void {
    const last = this.commas.length - 1;
    const count = this.commas[last];
    if (count !== undefined) {
      this.commas[last] = count + 1;
    }
  }

  open(kind: Paren): void {
    this.kinds.push(kind);
    this.commas.push(0);
    if (kind === "options") {
      this.lists++;
    }
  }

  close(): void {
    this.commas.pop();
    if (this.kinds.pop() === "options") {
      this.lists--;
    }
  }

  closeAll(): void {
    this.kinds = [];
    this.commas = [];
    this.lists = 0;
  }
}
