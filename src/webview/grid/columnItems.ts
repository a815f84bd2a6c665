import type { MenuItem } from "../menu";
import type { ColumnCommands } from "./columnCommands";
import type { GridColumn, GridModel } from "./gridModel";

/** A column that a menu is about. */
export interface ColumnRef {
  readonly model: GridModel;
  readonly column: GridColumn;
  /** Its position among the columns shown. */
  readonly position: number;
}

/** Something that another part of the page does with a column: an item of every column's menu. */
export interface ColumnItem {
  readonly label: string | ((column: ColumnRef) => string);
  /** Not in the menu of a column for which this is false. */
  readonly isOffered?: (column: ColumnRef) => boolean;
  readonly run: (column: ColumnRef) => void;
}

/** The groups of a column's menu, those of other parts after the sort. */
export function columnItems(
  at: ColumnRef,
  commands: ColumnCommands,
  others: readonly ColumnItem[],
): readonly (readonly MenuItem[])[] {
  const offered = others.filter(({ isOffered }) => isOffered?.(at) !== false);
  return [
    sortItems(at, commands),
    offered.map(({ label, run }) => ({
      label: typeof label === "string" ? label : label(at),
      run: () => {
        run(at);
      },
    })),
    placeItems(at, commands),
    hideItems(at, commands),
    [
      {
        label: "Copy Name",
        run: () => {
          void navigator.clipboard.writeText(at.column.name);
        },
      },
    ],
  ];
}

function sortItems(
  { model, column, position }: ColumnRef,
  commands: ColumnCommands,
): readonly MenuItem[] {
  const { sort } = model.view.wanted;
  const key = sort.find((each) => each.column === column.place);
  const only = key !== undefined && sort.length === 1;
  const others = sort.filter((each) => each.column !== column.place);
  const items: MenuItem[] = [];
  for (const descending of [false, true]) {
    const direction = descending ? "Descending" : "Ascending";
    const isThis = key?.descending === descending;
    items.push({
      label: `Sort ${direction}`,
      checked: only && isThis,
      run: () => {
        commands.sort(position, descending, false);
      },
    });
    if (others.length === 0) continue;
    items.push({
      label: `Then by This ${direction}`,
      checked: isThis,
      run: () => {
        commands.sort(position, descending, true);
      },
    });
  }
  if (key !== undefined && others.length > 0) {
    items.push({
      label: "Do Not Sort by This",
      run: () => {
        commands.sort(position, null, true);
      },
    });
  }
  if (sort.length > 0) {
    items.push({
      label: "Clear Sort",
      run: () => {
        commands.clearSort();
      },
    });
  }
  return items;
}

function placeItems(
  { model, position }: ColumnRef,
  commands: ColumnCommands,
): readonly MenuItem[] {
  const { from, to } = commands.block(position);
  const { frozen } = model.arrangement;
  const count = model.shown.length;
  const item = (label: string, run: () => void, keys?: string): MenuItem => ({
    label,
    run,
    ...(keys === undefined ? {} : { keys }),
  });
  const items: MenuItem[] = [];
  if (from > 0) {
    const left = (): void => {
      commands.shift(position, -1);
    };
    items.push(item("Move Left", left, "Alt+Left"));
  }
  if (to < count) {
    const right = (): void => {
      commands.shift(position, 1);
    };
    items.push(item("Move Right", right, "Alt+Right"));
  }
  if (to < count && to !== frozen) {
    const freeze = (): void => {
      commands.freeze(to);
    };
    items.push(item("Freeze up to Here", freeze));
  }
  if (frozen > 0) {
    const unfreeze = (): void => {
      commands.freeze(0);
    };
    items.push(item("Unfreeze Columns", unfreeze));
  }
  const fit = (): void => {
    for (let each = from; each < to; each += 1) commands.fit(each);
  };
  return [...items, item("Fit to Content", fit)];
}

function hideItems(
  { model, position }: ColumnRef,
  commands: ColumnCommands,
): readonly MenuItem[] {
  const { arrangement, shown } = model;
  const block = commands.block(position);
  const count = block.to - block.from;
  const items: MenuItem[] = [];
  if (shown.length > count) {
    items.push({
      label: count === 1 ? "Hide Column" : `Hide ${count} Columns`,
      run: () => {
        commands.hide(block);
      },
    });
  }
  if (arrangement.hiddenCount > 0) {
    items.push({
      label: `Show All Columns (${arrangement.hiddenCount} hidden)`,
      run: () => {
        commands.show();
      },
    });
  }
  if (!arrangement.isUntouched) {
    items.push({
      label: "Reset Columns",
      run: () => {
        commands.reset();
      },
    });
  }
  return items;
}
