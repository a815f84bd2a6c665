import type { ResultFilter } from "../../core/results/view";
import type { RowsRef } from "../../protocol/results";
import { CellPane } from "../cell/cellPane";
import { make } from "../dom";
import { FilterBar } from "../filter/filterBar";
import { FilterBox } from "../filter/filterBox";
import { FindBar } from "../find/findBar";
import type { GridElement } from "../grid/gridElement";
import { gridDeeds } from "../grid/gridDeeds";
import type { GridModel } from "../grid/gridModel";
import { focusedCell, type OpenedCell } from "../grid/openedCell";
import { StatisticsPane } from "../statistics/statisticsPane";
import { ChartSlot } from "./chartSlot";
import { keyboardPlace } from "./keyboardPlace";
import type { RowsServices } from "./rowsServices";
import "./rowsParts.css";

/** What stands around a result's rows: search, filters, a cell as a whole, statistics, a chart in their place. */
export class RowsParts {
  /** Bars above, and the rows with what stands beside them. */
  readonly element = make("div", "rows-parts");
  readonly #find: FindBar;
  readonly #filters: FilterBar;
  readonly #cell: CellPane;
  readonly #statistics: StatisticsPane;
  readonly #chart: ChartSlot;
  readonly #area = make("div", "rows-area");
  #box: FilterBox | null = null;
  #model: GridModel | null = null;
  #unsubscribe: () => void = () => undefined;

  constructor(
    private readonly services: RowsServices,
    private readonly grid: GridElement,
    holder: HTMLElement,
  ) {
    const { api } = services;
    const leave = (): void => {
      this.#focusRows();
    };
    this.#find = new FindBar(api, {
      rows: () => this.#rows(),
      rowsInSight: () => grid.rowsInSight,
      from: () => keyboardPlace(this.#model),
      mark: (cells, current) => {
        grid.mark(cells, current);
      },
      reveal: (row, column) => {
        grid.reveal(row, column);
      },
      leave,
    });
    this.#filters = new FilterBar(leave);
    this.#cell = new CellPane(api, {
      copy: (text) => {
        void navigator.clipboard.writeText(text);
      },
      close: () => {
        this.#closeSide();
      },
    });
    this.#statistics = new StatisticsPane(api, () => {
      this.#closeSide();
    });
    this.#chart = new ChartSlot(services, holder, leave);
    this.#area.append(holder, this.#chart.element);
    this.element.append(this.#filters.element, this.#find.element, this.#area);
    this.#useGrid();
    this.#registerActions();
    this.#find.openByKeyIn(this.element);
  }

  /** The rows of a result, or null while none are shown. */
  show(model: GridModel | null): void {
    if (model === this.#model) return;
    this.#unsubscribe();
    this.#model = model;
    this.#box?.close();
    this.#closeSide(false);
    this.#chart.show(model);
    this.#find.rowsReplaced();
    this.#filters.update(model === null ? null : targetOf(model));
    if (model === null) return;
    const unsubscribe = model.view.onChanged(() => {
      this.#filters.update(targetOf(model));
    });
    const stop = model.view.onRowsReplaced(() => {
      this.#find.rowsReplaced();
      this.#chart.rowsReplaced();
      this.#statistics.rowsReplaced(rowsRef(model));
    });
    this.#unsubscribe = () => {
      unsubscribe();
      stop();
    };
  }

  /** The keyboard or the rows in sight moved: what stands beside them follows. */
  moved(): void {
    this.#find.moved();
    if (!this.#cell.element.isConnected || this.#model === null) return;
    const cell = focusedCell(this.#model);
    if (cell !== null) this.#showCell(cell);
  }

  #useGrid(): void {
    this.grid.onOpenCell((cell) => {
      this.#showCell(cell);
      this.#cell.focus();
    });
    this.grid.addColumnItem({
      label: "Filter…",
      run: ({ column }) => {
        this.#filter(column.place);
      },
    });
    this.grid.addColumnItem({
      label: "Statistics",
      run: ({ column }) => {
        this.#showStatistics(column.place);
      },
    });
    this.grid.addColumnItem({
      label: "Chart",
      run: ({ column }) => {
        this.#chart.open(column.place);
      },
    });
  }

  #registerActions(): void {
    const { actions } = this.services;
    const atColumn = (task: (column: number) => void) => () => {
      if (this.#model !== null) task(keyboardPlace(this.#model).column);
    };
    actions.register("find", () => {
      if (this.#model !== null) this.#find.open();
    });
    actions.register("findNext", () => {
      if (this.#model !== null) this.#find.step(true);
    });
    actions.register("findPrevious", () => {
      if (this.#model !== null) this.#find.step(false);
    });
    actions.register(
      "filterColumn",
      atColumn((column) => {
        this.#filter(column);
      }),
    );
    actions.register("filterByCondition", () => {
      if (this.#model !== null) this.#filters.ask();
    });
    actions.register(
      "columnStatistics",
      atColumn((column) => {
        this.#showStatistics(column);
      }),
    );
    actions.register("openCell", () => {
      const cell = this.#model === null ? null : focusedCell(this.#model);
      if (cell === null) return;
      this.#showCell(cell);
      this.#cell.focus();
    });
    actions.register("chart", () => {
      this.#chart.open(null);
    });
    actions.register("clearFilters", () => {
      this.#model?.view.setFilters([]);
    });
    for (const deed of gridDeeds) {
      actions.register(deed, () => {
        this.grid.do(deed);
      });
    }
  }

  #rows(): OpenedCell["at"] | null {
    const rows = this.#model?.rows;
    if (rows === undefined) return null;
    const { resultId, viewId } = rows;
    return { resultId, viewId, ...keyboardPlace(this.#model) };
  }

  #filter(column: number): void {
    const model = this.#model;
    if (model === null) return;
    this.#box?.close();
    const { resultId } = model.rows;
    const others = model.view.wanted.filters.filter(
      (filter) => filter.kind === "expression" || filter.column !== column,
    );
    const box = new FilterBox(this.services.api, {
      // The values of all rows: a filter that is there must not hide what it is to be changed to.
      rows: { resultId, viewId: null },
      columns: model.columns,
      column,
      apply: (filter) => {
        const filters: ResultFilter[] =
          filter === null ? others : [...others, filter];
        model.view.setFilters(filters);
      },
      closed: () => {
        if (this.#box === box) this.#box = null;
        this.#focusRows();
      },
    });
    this.#box = box;
    const position = model.arrangement.positionOf(column);
    const head = this.grid.querySelector(`[data-position="${position}"]`);
    const left = head?.getBoundingClientRect().left ?? 0;
    box.open(this.#area, left - this.#area.getBoundingClientRect().left);
  }

  #showCell({ at, column }: OpenedCell): void {
    this.#openSide(this.#cell.element);
    const timeZone = this.#model?.timeZone ?? null;
    void this.#cell.show({ place: { ...at, timeZone }, column });
  }

  #showStatistics(column: number): void {
    const model = this.#model;
    if (model === null) return;
    this.#openSide(this.#statistics.element);
    const rows = rowsRef(model);
    void this.#statistics.show({ rows, columns: model.columns, column });
    this.#statistics.focus();
  }

  #openSide(element: HTMLElement): void {
    if (element.isConnected) return;
    this.#closeSide(false);
    this.#area.append(element);
  }

  #closeSide(focus = true): void {
    this.#statistics.dispose();
    this.#cell.element.remove();
    this.#statistics.element.remove();
    if (focus) this.#focusRows();
  }

  #focusRows(): void {
    this.grid.querySelector<HTMLElement>(".scroller")?.focus();
  }
}

function rowsRef({ rows: { resultId, viewId } }: GridModel): RowsRef {
  return { resultId, viewId };
}

function targetOf({
  columns,
  view,
}: GridModel): Parameters<FilterBar["update"]>[0] {
  return {
    columns,
    filters: view.wanted.filters,
    setFilters: (filters) => {
      view.setFilters(filters);
    },
  };
}
