import type { ScrollPlace } from "../../protocol/panel";
import type { GridColumn } from "./gridModel";
import type { GridViewport } from "./gridViewport";

/** Where a grid stands, in terms that hold for another one with its own widths and columns. */
export function placeOf(viewport: GridViewport): ScrollPlace | null {
  const { model, rowHeight, frozen } = viewport;
  if (model?.layout == null) return null;
  const { layout, shown, top, left } = model;
  const x = left + layout.start(frozen);
  const position = layout.at(x);
  const column = shown[position];
  return {
    row: top / rowHeight,
    column:
      column === undefined
        ? null
        : {
            name: column.name,
            ordinal: ordinalOf(column, model.columns),
            part: (x - layout.start(position)) / layout.width(position),
          },
  };
}

/** Goes to where another grid stands, as far as there are such rows; a column that is not here leaves the columns be. */
export function goTo(viewport: GridViewport, place: ScrollPlace): void {
  const { model, rowHeight, frozen } = viewport;
  if (model?.layout == null) return;
  const { layout, shown, left } = model;
  const { row, column } = place;
  const position = shown.findIndex(
    (one) =>
      one.name === column?.name &&
      ordinalOf(one, model.columns) === column.ordinal,
  );
  const x =
    column === null || position < frozen
      ? left
      : layout.start(position) +
        column.part * layout.width(position) -
        layout.start(frozen);
  viewport.scrollTo(row * rowHeight, x);
}

/** Which of the columns of its name it is. */
function ordinalOf(
  { name, place }: GridColumn,
  columns: readonly GridColumn[],
): number {
  let ordinal = 0;
  for (let at = 0; at < place; at += 1) {
    if (columns[at]?.name === name) ordinal += 1;
  }
  return ordinal;
}
