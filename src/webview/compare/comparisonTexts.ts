import type { DifferencesView } from "../../protocol/panel";
import { count, counted } from "../texts";

type Done = Extract<DifferencesView, { readonly state: "done" }>;

/** What a comparison has found, in one line; `other` is what the other page shows. */
export function comparisonText(view: Done, other: string): string {
  const { comparison, side, ordinal, keys, isComplete } = view;
  const { different, onlyLeft, onlyRight } = comparison;
  const [here, there] =
    side === "left" ? [onlyLeft, onlyRight] : [onlyRight, onlyLeft];
  const all = different + onlyLeft + onlyRight;
  const rows = side === "left" ? comparison.leftRows : comparison.rightRows;
  const found = [
    ...(different > 0
      ? [counted(different, "row differs", "rows differ")]
      : []),
    ...(here > 0 ? [`${counted(here, "row")} only here`] : []),
    ...(there > 0 ? [`${counted(there, "row")} only in ${other}`] : []),
  ];
  const said =
    all === 0 ? `No differences in ${counted(rows, "row")}` : found.join(", ");
  const place = ordinal === null ? "" : `${count(ordinal)} of ${count(all)}: `;
  const by =
    keys.length === 0 ? "by place" : `by ${keys.map(named).join(", ")}`;
  const limit = isComplete ? "" : "Not all rows were there: ";
  return [
    `${limit}${place}${said}`,
    `paired ${by}`,
    ...remarksOf(view, other),
  ].join(" · ");
}

/** What has to be known beside the counts. */
function remarksOf(
  { comparison, columnsHere, columnsThere }: Done,
  other: string,
): string[] {
  const { columns, repeated } = comparison;
  const texts = columns.filter(({ asText }) => asText).length;
  return [
    ...(repeated > 0
      ? [
          `${counted(repeated, "row repeats", "rows repeat")} a key and ${repeated === 1 ? "is" : "are"} paired in order`,
        ]
      : []),
    ...columnsOf("here", columnsHere),
    ...columnsOf(`in ${other}`, columnsThere),
    ...(texts > 0 ? [`${counted(texts, "column")} compared as text`] : []),
  ];
}

/** Names of columns that are told; the others are counted. */
const namesTold = 3;

function columnsOf(where: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const told = names.slice(0, namesTold).map(named);
  const more = names.length - told.length;
  const list = more > 0 ? [...told, `${count(more)} more`] : told;
  return [
    `${names.length === 1 ? "column" : "columns"} only ${where}: ${list.join(", ")}`,
  ];
}

function named(name: string): string {
  return name === "" ? "(no name)" : name;
}
