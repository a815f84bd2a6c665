/** A JSON value whose strings know where they stand in the text. */
export type JsonNode =
  | { readonly kind: "string"; readonly value: string; readonly start: number }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonNode> }
  | { readonly kind: "other" };

/** Deeper nesting than this is no file that a program wrote for people. */
const maxDepth = 100;

/** Reads a JSON text. Throws for what is none. */
export function readJson(text: string): JsonNode {
  return new Reader(text).value(0);
}

/** The offset in the text of the character `index` of a string's value; `start` is behind the string's quote. */
export function offsetInString(
  text: string,
  start: number,
  index: number,
): number {
  let at = start;
  for (let count = 0; count < index; count++) {
    at += text.charAt(at) !== "\\" ? 1 : text.charAt(at + 1) === "u" ? 6 : 2;
  }
  return at;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  value(depth: number): JsonNode {
    this.space();
    switch (this.text.charAt(this.at)) {
      case '"':
        return this.string();
      case "[":
        return this.array(depth);
      case "{":
        return this.object(depth);
      default:
        return this.other();
    }
  }

  private space(): void {
    while (" \t\r\n".includes(this.text.charAt(this.at) || "x")) {
      this.at++;
    }
  }

  private other(): JsonNode {
    const word = /[\w+.-]+/y;
    word.lastIndex = this.at;
    if (!word.test(this.text)) {
      throw new SyntaxError("not JSON");
    }
    this.at = word.lastIndex;
    return { kind: "other" };
  }

  private string(): JsonNode & { readonly kind: "string" } {
    const start = this.at + 1;
    let end = start;
    while (this.text.charAt(end) !== '"') {
      if (end >= this.text.length) {
        throw new SyntaxError("not JSON");
      }
      end += this.text.charAt(end) === "\\" ? 2 : 1;
    }
    this.at = end + 1;
    const value: unknown = JSON.parse(this.text.slice(start - 1, end + 1));
    return { kind: "string", value: String(value), start };
  }

  private array(depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.list("]", depth, () => {
      items.push(this.value(depth + 1));
    });
    return { kind: "array", items };
  }

  private object(depth: number): JsonNode {
    const members = new Map<string, JsonNode>();
    this.list("}", depth, () => {
      const { value: name } = this.string();
      this.space();
      this.take(":");
      members.set(name, this.value(depth + 1));
    });
    return { kind: "object", members };
  }

  private list(close: string, depth: number, one: () => void): void {
    if (depth > maxDepth) {
      throw new SyntaxError("nested too deeply");
    }
    this.at++;
    this.space();
    while (this.text.charAt(this.at) !== close) {
      one();
      this.space();
      if (this.text.charAt(this.at) !== close) {
        this.take(",");
        this.space();
      }
    }
    this.at++;
  }

  private take(sign: string): void {
    if (this.text.charAt(this.at) !== sign) {
      throw new SyntaxError("not JSON");
    }
    this.at++;
  }
}
