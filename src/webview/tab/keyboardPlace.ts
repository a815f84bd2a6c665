import type { GridModel } from "../grid/gridModel";

/** Where the keyboard is: a row as shown, and a column of the result. */
export function keyboardPlace(model: GridModel | null): {
  readonly row: number;
  readonly column: number;
} {
  const focus = model?.selection?.focus;
  const column = model?.shown[focus?.column ?? 0]?.place ?? 0;
  return { row: focus?.row ?? 0, column };
}
