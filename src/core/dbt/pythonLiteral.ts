import { parse, tokenize } from "@huggingface/jinja";
import { pythonNumber } from "./jinjaFilters";
import { pythonText, type JinjaValue } from "./jinjaValue";

const constants: ReadonlyMap<string, JinjaValue> = new Map<string, JinjaValue>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

/** A part of a parsed text, as far as it matters here. */
interface LiteralNode {
  readonly type: string;
  readonly value?: unknown;
}

/** Python's `ast.literal_eval`: numbers, texts, True, False, None, and lists and dicts of them; undefined for the rest. */
export function pythonLiteral(text: string): JinjaValue {
  const plain = text.trim();
  if (constants.has(plain)) {
    return constants.get(plain);
  }
  const number = pythonNumber(plain);
  if (number !== null) {
    return number;
  }
  // A text without these is no literal, and the parser need not be asked.
  if (!/^[[({'"]/.test(plain)) {
    return undefined;
  }
  try {
    const { body } = parse(tokenize(`{{ ${plain} }}`));
    const [node] = body;
    return body.length === 1 && node !== undefined ? valueOf(node) : undefined;
  } catch {
    return undefined;
  }
}

function valueOf(node: LiteralNode): JinjaValue {
  switch (node.type) {
    case "StringLiteral":
    case "IntegerLiteral":
    case "FloatLiteral":
      return node.value as string | number;
    case "Identifier":
      if (constants.has(String(node.value))) {
        return constants.get(String(node.value));
      }
      break;
    case "ArrayLiteral":
    case "TupleLiteral":
      return (node.value as LiteralNode[]).map(valueOf);
    case "ObjectLiteral":
      return Object.fromEntries(
        [...(node.value as Map<LiteralNode, LiteralNode>)].map(
          ([key, value]) => [pythonText(valueOf(key)), valueOf(value)],
        ),
      );
    default:
  }
  throw new SyntaxError("not a literal");
}
