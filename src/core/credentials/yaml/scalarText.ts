import type { YamlList } from "./node";
import type { OffsetRange } from "../finding";
import type { Entry } from "./entry";
import { Siblings } from "./siblings";

/** The content of a scalar without quotes, block header and the blanks around it. */
export function contentOf(
  text: string,
  whole: OffsetRange,
  style: Entry["style"],
): OffsetRange {
  let { start, end } = whole;
  if (style === "block") {
    const line = text.indexOf("\n", start);
    start = line < 0 || line >= end ? end : line + 1;
  } else if (style !== "plain") {
    const quote = style === "single" ? "'" : '"';
    start += text.startsWith(quote, start) ? 1 : 0;
    end -= end > start && text.startsWith(quote, end - 1) ? 1 : 0;
  }
  while (end > start && text.charCodeAt(end - 1) <= 32) {
    end--;
  }
  while (start < end && text.charCodeAt(start) <= 32) {
    start++;
  }
  return { start, end };
}

/** The names and values of a list of assignments (`- POSTGRES_USER=app`), which are siblings of one another. */
export function assignmentsOf({ items }: YamlList): Siblings {
  const found = new Siblings();
  items.forEach((item) => {
    if (item?.type === "scalar" && item.isString && item.value.includes("=")) {
      const match = /^([A-Za-z_]\w{0,80})=(.*)$/.exec(item.value);
      if (match !== null) {
        found.set(match[1] ?? "", match[2] ?? "");
      }
    }
  });
  return found;
}
