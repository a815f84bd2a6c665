import { withoutTemplates } from "./templates";

/**
 * The text that the YAML parser gets: as long as the original, with what is no YAML made harmless. Offsets in it are
 * offsets in the document, and values are read from the document itself.
 */
export function prepareYaml(text: string): string {
  let prepared = withoutTemplates(text);
  if (text.includes("${")) {
    // Within a flow collection the braces of a variable would be a collection of their own.
    prepared = prepared.replaceAll(/\$\{[^{}\n]*\}/g, (match) =>
      "_".repeat(match.length),
    );
  }
  if (/^[<|>]{7}/m.test(text)) {
    prepared = prepared.replaceAll(/^(?:[<|>]{7}|={7}(?=\s))[^\n]*/gm, blank);
  }
  if (text.includes("\t")) {
    // YAML forbids tabs where people use them: as indentation. One blank each keeps offsets and nesting.
    prepared = prepared.replaceAll(/^[ \t]*\t[ \t]*/gm, blank);
  }
  return prepared;
}

function blank(match: string): string {
  return " ".repeat(match.length);
}
