import { Lexer } from "yaml";

/** Deeper than anybody writes by hand, and well within what the recursive parser can take. */
const deepest = 100;
const widestIndent = 500;

/**
 * True for YAML that is nested so deeply that its parser must not see it: near the end of the stack, V8 cannot compile
 * the parser's expressions and ends the process.
 */
export function isTooDeep(text: string): boolean {
  let flow = 0;
  let inLine = 0;
  for (const token of new Lexer().lex(text)) {
    switch (token) {
      case "[":
      case "{":
        flow += 1;
        break;
      case "]":
      case "}":
        flow -= 1;
        break;
      case "-":
      case "?":
      case ":":
        inLine += flow === 0 ? 1 : 0;
        break;
      default:
        if (token.includes("\n")) {
          inLine = 0;
        } else if (token.length > widestIndent && token.trim() === "") {
          return true;
        }
    }
    if (flow > deepest || inLine > deepest) {
      return true;
    }
  }
  return false;
}
