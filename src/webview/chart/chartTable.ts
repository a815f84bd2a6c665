import type { Cell } from "../../core/results/result";
import { make } from "../dom";
import { count } from "../texts";
import type { ChartDrawing } from "./chartOption";
import { label, visible } from "./chartText";

/** Rows that are listed: more are for an export. */
const listed = 1_000;
/** Series that a table has a column for. */
const shownSeries = 30;

/** What a chart draws, as a table: for the keyboard, a screen reader, and who wants the numbers themselves. */
export function chartTable({
  data,
  xName,
  yName,
}: ChartDrawing): readonly HTMLElement[] {
  const series = data.series.slice(0, shownSeries);
  const rows = new Map<Cell, Map<number, Cell[]>>();
  series.forEach(({ points }, at) => {
    for (const { x, y } of points) {
      const row = rows.get(x) ?? new Map<number, Cell[]>();
      rows.set(x, row);
      row.set(at, [...(row.get(at) ?? []), y]);
    }
  });
  const names = series.map(({ name }) =>
    name === "" || series.length === 1 ? yName : name,
  );
  const head = make(
    "tr",
    "",
    ...[xName, ...names].map((name) => headCell(visible(name), "col")),
  );
  const body = [...rows].slice(0, listed).map(([x, cells]) => {
    const values = series.map((_, at) => cells.get(at) ?? []);
    return make(
      "tr",
      "",
      headCell(label(x), "row"),
      ...values.map((each) =>
        make("td", "chart-number", each.map(label).join(", ")),
      ),
    );
  });
  const table = make(
    "table",
    "chart-table",
    make("caption", "unseen", `${yName} by ${xName}`),
    make("thead", "", head),
    make("tbody", "", ...body),
  );
  const left = [
    ...(rows.size > listed
      ? [
          `The first ${count(listed)} of ${count(rows.size)} values of ${xName}.`,
        ]
      : []),
    ...(data.series.length > shownSeries
      ? [`The first ${shownSeries} of ${count(data.series.length)} series.`]
      : []),
  ];
  return left.length === 0
    ? [table]
    : [make("p", "dim chart-table-note", left.join(" ")), table];
}

function headCell(text: string, scope: "row" | "col"): HTMLElement {
  const cell = make("th", "", text);
  cell.scope = scope;
  return cell;
}
