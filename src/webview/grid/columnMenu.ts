import { Menu } from "../menu";
import type { ColumnCommands } from "./columnCommands";
import type { ColumnItem, ColumnRef } from "./columnItems";
import { columnItems } from "./columnItems";
import type { GridColumn, GridModel } from "./gridModel";
import type { GridViewport } from "./gridViewport";
import { exactnessNote, type HeaderTool } from "./headerCell";

/** Called for a column whose values are not the server's own, to show those. */
export type ExactWay = (column: GridColumn, model: GridModel) => void;

/** What the buttons in a column's header do, and the menu that one of them opens. */
export class ColumnMenu {
  readonly menu = new Menu();
  readonly #items: ColumnItem[] = [];
  #exactWay: ExactWay | null = null;

  constructor(
    private readonly viewport: GridViewport,
    private readonly commands: ColumnCommands,
  ) {
    const { scroller } = viewport.surface;
    // The focus stays with the grid, whichever button in it is pressed.
    scroller.addEventListener("mousedown", (event) => {
      if (toolOf(event.target) !== null) event.preventDefault();
    });
    scroller.addEventListener("click", (event) => {
      this.#press(event);
    });
  }

  /** Puts an item into every column's menu. */
  add(item: ColumnItem): void {
    this.#items.push(item);
  }

  /** Says who shows exact values; a column that has others offers it from then on. */
  onExactWay(show: ExactWay): void {
    this.#exactWay = show;
    this.add({
      label: "Show Exact Values…",
      isOffered: ({ column }) => column.inexact !== undefined,
      run: ({ column, model }) => {
        show(column, model);
      },
    });
  }

  /** Opens the menu of the column at a position, below its header. */
  open(position: number): void {
    const { surface } = this.viewport;
    const at = this.#columnAt(position);
    const head = at && surface.header.cell(at.column.place);
    if (at === null || head === null) return;
    const groups = columnItems(at, this.commands, this.#items);
    const box = head.getBoundingClientRect();
    const note = exactnessNote(at.column) ?? "";
    this.menu.open(
      `Column ${at.column.name}`,
      groups,
      box,
      surface.scroller,
      note,
    );
  }

  #press(event: MouseEvent): void {
    const pressed = toolOf(event.target);
    if (pressed === null) return;
    const { tool, position } = pressed;
    this.viewport.surface.scroller.focus({ preventScroll: true });
    switch (tool) {
      case "sort":
        this.commands.cycleSort(position, event.shiftKey);
        return;
      case "menu":
        this.open(position);
        return;
      case "exact": {
        const at = this.#columnAt(position);
        // What nobody has checked has no other way yet: the menu says why.
        if (at?.column.inexact === undefined) this.open(position);
        else this.#exactWay?.(at.column, at.model);
      }
    }
  }

  #columnAt(position: number): ColumnRef | null {
    const { model } = this.viewport;
    const column = model?.shown[position];
    return model === null || column === undefined
      ? null
      : { model, column, position };
  }
}

/** The button in a column's header that an event is about. */
function toolOf(
  target: EventTarget | null,
): { readonly tool: HeaderTool; readonly position: number } | null {
  if (!(target instanceof Element)) return null;
  const button = target.closest<HTMLElement>(".head-tool");
  const cell = button?.closest<HTMLElement>(".head-cell");
  if (button == null || cell == null) return null;
  return {
    tool: button.dataset["tool"] as HeaderTool,
    position: Number(cell.dataset["position"]),
  };
}
