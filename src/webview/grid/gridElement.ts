import type { ScrollPlace } from "../../protocol/panel";
import type { CellArea } from "../../protocol/results";
import { ColumnCommands } from "./columnCommands";
import type { ColumnItem } from "./columnItems";
import type { ExactWay } from "./columnMenu";
import { ColumnMenu } from "./columnMenu";
import "./columns.css";
import { GridCopy } from "./gridCopy";
import { doInGrid, type GridDeed } from "./gridDeeds";
import { GridKeys } from "./gridKeys";
import type { GridModel } from "./gridModel";
import { arrangeColumns, sizeOf } from "./gridModel";
import { GridPlaces } from "./gridPlaces";
import { GridViewport } from "./gridViewport";
import { JumpBox } from "./jumpBox";
import type { DifferentCells, MarkedCell } from "./marks";
import type { OpenedCell } from "./openedCell";
import { focusedCell } from "./openedCell";
import { GridPointer } from "./pointer";
import { PointerActions, tellWholeText } from "./pointerActions";
import { goTo, placeOf } from "./scrollPlace";
import type { CellPosition } from "./selection";
import { rangeOf, selectCell } from "./selection";
import { ViewBar } from "./viewBar";

/** What the grid tells the page. */
export interface GridListener {
  copy(area: CellArea, headers: boolean): void;
  /** The selection, the columns, or the place in the rows changed. */
  moved(): void;
}

/** A virtual grid over rows that are fetched on demand: `<viaduct-grid>`. */
export class GridElement extends HTMLElement {
  readonly #viewport: GridViewport;
  readonly #columns: ColumnCommands;
  readonly #pointer: GridPointer;
  readonly #menu: ColumnMenu;
  readonly #copy: GridCopy;
  readonly #jump: JumpBox;
  readonly #bar: ViewBar;
  #openCell: ((cell: OpenedCell) => void) | null = null;
  #unsubscribe: () => void = () => undefined;

  constructor(private readonly listener: GridListener) {
    super();
    this.#viewport = new GridViewport(() => {
      this.#menu.menu.close();
      this.listener.moved();
    });
    this.#columns = new ColumnCommands(this.#viewport, () => {
      this.#updateBar();
      this.listener.moved();
    });
    this.#bar = new ViewBar(this.#columns, this.#scroller);
    this.#jump = new JumpBox(this.#scroller, (row) => {
      const column = this.#viewport.model?.selection?.focus.column ?? 0;
      this.#select({ row, column });
    });
    this.#menu = new ColumnMenu(this.#viewport, this.#columns);
    this.#copy = new GridCopy(this.#scroller, (headers) => {
      const area = this.selectedArea();
      if (area !== null) this.listener.copy(area, headers);
    });
    this.#scroller.addEventListener("contextmenu", () => {
      this.#tellMenu();
    });
    const places = new GridPlaces(this.#viewport);
    this.#pointer = this.#usePointer(places);
    this.#useKeys();
    new ResizeObserver(() => {
      this.#viewport.refresh();
      this.#updateBar();
    }).observe(this.#scroller);
  }

  connectedCallback(): void {
    this.append(
      this.#scroller,
      this.#bar.element,
      this.#jump.element,
      this.#menu.menu.element,
    );
    this.#copy.connect();
  }

  disconnectedCallback(): void {
    this.#copy.disconnect();
  }

  /** Shows a result where it was left. */
  show(model: GridModel): void {
    if (model !== this.#viewport.model) {
      this.#menu.menu.close();
      this.#unsubscribe();
      this.#unsubscribe = model.view.onChanged(() => {
        this.#viewChanged();
      });
    }
    this.#viewport.show(model);
    this.#updateBar();
  }

  /** Draws after rows arrived; the first ones give the columns their widths. */
  rowsArrived(): void {
    if (this.#viewport.model?.measuredRows === false) this.#viewport.refresh();
    else this.#viewport.draw();
  }

  /** What is selected: rows as they are shown, columns of the result in the order shown. */
  selectedArea(): CellArea | null {
    const { model } = this.#viewport;
    if (model?.selection == null) return null;
    const range = rangeOf(model.selection, sizeOf(model));
    const { fromRow, toRow, fromColumn, toColumn } = range;
    if (toRow <= fromRow || toColumn <= fromColumn) return null;
    const { resultId, viewId } = model.rows;
    const columns = model.arrangement.shown.slice(fromColumn, toColumn);
    return { resultId, viewId, fromRow, toRow, columns };
  }

  /** What the commands of the editor's menu are given: which cells are selected. */
  #tellMenu(): void {
    this.#scroller.dataset["vscodeContext"] = JSON.stringify({
      webviewSection: "viaductGrid",
      preventDefaultContextMenuItems: true,
      area: this.selectedArea(),
    });
  }

  /** Rows that are at least partly in sight. */
  get rowsInSight(): { readonly fromRow: number; readonly toRow: number } {
    return this.#viewport.rowsInSight;
  }

  /** Marks cells, such as matches, until other ones are marked or another result is shown. */
  mark(cells: readonly MarkedCell[], current: MarkedCell | null = null): void {
    this.#viewport.mark(this.#viewport.marks.withMatches(cells, current));
  }

  /** Marks what differs from another result, beside what else is marked. */
  markDifferences(differences: readonly DifferentCells[]): void {
    this.#viewport.mark(this.#viewport.marks.withDifferences(differences));
  }

  /** Where it stands, so that another grid can stand there, too; null while it shows nothing. */
  get place(): ScrollPlace | null {
    return placeOf(this.#viewport);
  }

  /** Goes to where another grid stands. */
  follow(place: ScrollPlace): void {
    if (this.#scroller.clientHeight > 0) goTo(this.#viewport, place);
  }

  /** Brings a cell into sight, its column out of hiding, and the keyboard to it; the focus stays where it is. */
  reveal(row: number, column: number): void {
    const { model } = this.#viewport;
    if (model === null) return;
    if (model.arrangement.positionOf(column) < 0) {
      arrangeColumns(model, (arrangement) => {
        arrangement.show(column);
      });
      this.#viewport.refresh();
      this.#updateBar();
    }
    this.#select({ row, column: model.arrangement.positionOf(column) });
  }

  /** Puts an item into every column's menu. */
  addColumnItem(item: ColumnItem): void {
    this.#menu.add(item);
  }

  /** Says who shows a cell whole: after Enter or a double click. */
  onOpenCell(open: (cell: OpenedCell) => void): void {
    this.#openCell = open;
  }

  /** Says who gives a column's exact values: after a press on the mark of a column that has others. */
  onExactWay(show: ExactWay): void {
    this.#menu.onExactWay(show);
  }

  /** Does at a command what the keys and the menus do, at the column where the keyboard is. */
  do(deed: GridDeed): void {
    const { model } = this.#viewport;
    if (model === null) return;
    const position = model.header ?? model.selection?.focus.column ?? 0;
    this.#scroller.focus();
    doInGrid(deed, {
      columns: this.#columns,
      position,
      jump: this.#openJump,
      openMenu: () => {
        this.#menu.open(position);
      },
    });
  }

  get #scroller(): HTMLElement {
    return this.#viewport.surface.scroller;
  }

  #useKeys(): void {
    const keys = new GridKeys(this.#viewport, this.#columns, {
      copy: (headers, timeStamp) => {
        this.#copy.byKeys(headers, timeStamp);
      },
      selected: (reveal) => {
        this.#selected(reveal);
      },
      openMenu: (position) => {
        this.#menu.open(position);
      },
      openCell: () => {
        this.#open();
      },
      jump: this.#openJump,
      giveUp: () => this.#giveUp(),
    });
    this.#scroller.addEventListener("keydown", (event) => {
      if (event.target === this.#scroller) keys.press(event);
    });
  }

  readonly #openJump = (): void => {
    const { model, firstRow } = this.#viewport;
    const rows = model?.rows.rowCount ?? 0;
    this.#jump.open(rows, model?.selection?.focus.row ?? firstRow);
  };

  #usePointer(places: GridPlaces): GridPointer {
    const actions = new PointerActions(this.#viewport, places, this.#columns, {
      selected: () => {
        this.#selected(null);
      },
      openCell: () => {
        this.#open();
      },
    });
    const scroller = this.#scroller;
    scroller.addEventListener("pointerover", (event) => {
      tellWholeText(event.target);
    });
    scroller.addEventListener("contextmenu", (event) => {
      const place = places.placeAt(event.clientX, event.clientY);
      if (place?.zone === "header") {
        event.preventDefault();
        this.#menu.open(place.cell.column);
      } else if (place?.zone === "body") actions.pointed(place);
    });
    return new GridPointer(scroller, places, actions);
  }

  #open(): void {
    const { model } = this.#viewport;
    const cell = model === null ? null : focusedCell(model);
    if (cell !== null) this.#openCell?.(cell);
  }

  #giveUp(): boolean {
    if (this.#pointer.cancel()) return true;
    const view = this.#viewport.model?.view;
    if (view?.pending == null) return false;
    view.cancel();
    return true;
  }

  #select(cell: CellPosition): void {
    const { model } = this.#viewport;
    if (model === null) return;
    model.header = null;
    model.selection = selectCell(cell);
    this.#selected(cell);
  }

  #selected(reveal: CellPosition | null): void {
    if (reveal === null) this.#viewport.redraw();
    else this.#viewport.reveal(reveal.row, reveal.column);
    this.listener.moved();
  }

  #viewChanged(): void {
    this.#updateBar();
    this.#viewport.refresh();
    this.listener.moved();
  }

  #updateBar(): void {
    const { model } = this.#viewport;
    // The bar takes its room from the rows.
    if (model !== null && this.#bar.update(model, this.#viewport.frozen))
      this.#viewport.refresh();
  }
}
