import type { ColumnCommands } from "./columnCommands";
import type { GridModel } from "./gridModel";
import { sizeOf } from "./gridModel";
import type { GridViewport } from "./gridViewport";
import type { ColumnKey, GridAction } from "./gridKey";
import { keyAction } from "./keyboard";
import type { CellPosition, Selection } from "./selection";
import { selectCell } from "./selection";

/** What keys do beyond selecting. */
export interface KeyHooks {
  copy(headers: boolean, timeStamp: number): void;
  /** The selection changed; `reveal` is to be in sight. */
  selected(reveal: CellPosition | null): void;
  openMenu(position: number): void;
  openCell(): void;
  jump(): void;
  /** Escape, before it means anything else: true when something was given up. */
  giveUp(): boolean;
}

/** Pixels by which a key makes a column wider. */
const widthStep = 16;

/** Carries out what keys do in the grid. */
export class GridKeys {
  constructor(
    private readonly viewport: GridViewport,
    private readonly columns: ColumnCommands,
    private readonly hooks: KeyHooks,
  ) {}

  /** Handles a key press of the grid's. */
  press(event: KeyboardEvent): void {
    const { model } = this.viewport;
    if (model?.layout == null) return;
    const { key, shiftKey, altKey } = event;
    const modKey = event.ctrlKey || event.metaKey;
    if (key === "Escape" && this.hooks.giveUp()) {
      handled(event);
      return;
    }
    const action = keyAction(
      { key, shiftKey, altKey, modKey },
      {
        size: sizeOf(model),
        selection: model.selection,
        header: model.header,
        pageRows: this.viewport.pageRows,
        origin: this.#origin(model),
      },
    );
    if (action === null) return;
    // The editor around the page copies by itself: it must see that key.
    if (action.kind === "copy") event.preventDefault();
    else handled(event);
    this.#carryOut(action, model, event.timeStamp);
  }

  #carryOut(action: GridAction, model: GridModel, timeStamp: number): void {
    switch (action.kind) {
      case "copy":
        this.hooks.copy(action.headers, timeStamp);
        return;
      case "select":
        this.#select(model, action.selection);
        return;
      case "header":
        model.header = action.column;
        model.selection = action.selection;
        this.viewport.reveal(null, action.column);
        this.hooks.selected(null);
        return;
      case "cells":
        this.#leaveHeader(model);
        return;
      case "column":
        this.#column(action.key, model);
        return;
      case "open":
        this.hooks.openCell();
        return;
      case "jump":
        this.hooks.jump();
    }
  }

  #select(model: GridModel, selection: Selection): void {
    model.header = null;
    model.selection = selection;
    this.hooks.selected(selection.focus);
  }

  /** Back to the row that was left, when it is in sight, or to the first one there. */
  #leaveHeader(model: GridModel): void {
    const column = model.header ?? 0;
    const { fromRow, toRow } = this.viewport.rowsInSight;
    const left = model.selection?.focus.row ?? -1;
    const row =
      left >= fromRow && left < toRow ? left : this.#origin(model).row;
    this.#select(model, selectCell({ row, column }));
  }

  #column(key: ColumnKey, model: GridModel): void {
    const { header, selection } = model;
    const position =
      header ?? selection?.focus.column ?? this.#origin(model).column;
    switch (key) {
      case "menu":
        this.viewport.reveal(null, position);
        this.hooks.openMenu(position);
        return;
      case "moveLeft":
        this.columns.shift(position, -1);
        return;
      case "moveRight":
        this.columns.shift(position, 1);
        return;
      case "narrower":
        this.columns.widen(position, -widthStep);
        return;
      case "wider":
        this.columns.widen(position, widthStep);
        return;
      case "sort":
        this.columns.cycleSort(position, false);
        return;
      case "addSort":
        this.columns.cycleSort(position, true);
        return;
      case "clearSort":
        if (model.view.wanted.sort.length > 0) this.columns.clearSort();
        else if (model.rows.rowCount > 0) this.#leaveHeader(model);
    }
  }

  #origin(model: GridModel): CellPosition {
    const last = Math.max(0, model.rows.rowCount - 1);
    const { firstRow, frozen } = this.viewport;
    return {
      row: Math.min(last, firstRow),
      column: model.layout?.atInView(0, model.left, frozen) ?? 0,
    };
  }
}

/** Neither the browser nor the editor around the page has a use for this key as well. */
function handled(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
