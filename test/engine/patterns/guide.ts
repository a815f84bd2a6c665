import { readFileSync } from "node:fs";
import { inRepository } from "../../support/paths";

/** One code block of the patterns guide, word for word. */
export interface GuideBlock {
  /** Its headings, joined by " / ". */
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** Every code block of the guide, in its order. */
export function guideBlocks(): readonly GuideBlock[] {
  const guide = readFileSync(
    inRepository("test/fixtures/patterns/guide.md"),
    "utf8",
  );
  return [...guide.matchAll(/^## (.+)\n\n```(\w*)\n([^]*?)\n```$/gm)].map(
    ([, heading = "", language = "", text = ""]) => ({
      heading,
      language,
      text,
    }),
  );
}

/** The block whose headings end so. */
export function guideBlock(heading: string): GuideBlock {
  const found = guideBlocks().filter((block) =>
    block.heading.endsWith(heading),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} blocks of the guide end with ${heading}`);
  }
  return only;
}

/** The SQL texts that a Python block hands to `execute`, plain strings only, and what it keeps in variables. */
export function pythonSql(block: GuideBlock): readonly string[] {
  return [
    ...block.text.matchAll(/execute\(\s*(?:"""([^]*?)"""|"([^"]*)")\s*\)/g),
    ...block.text.matchAll(/error_query = """([^]*?)"""/g),
  ].map(([, long, short]) => (long ?? short ?? "").trim());
}
