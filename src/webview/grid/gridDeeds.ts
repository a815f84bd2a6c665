import type { ColumnCommands } from "./columnCommands";

/** What a deed is done with. */
interface Around {
  readonly columns: ColumnCommands;
  /** The column where the keyboard is, by its position among those shown. */
  readonly position: number;
  readonly jump: () => void;
  readonly openMenu: () => void;
}

const deeds = {
  jumpToRow: ({ jump }) => {
    jump();
  },
  columnMenu: ({ openMenu }) => {
    openMenu();
  },
  sortAscending: ({ columns, position }) => {
    columns.sort(position, false, false);
  },
  sortDescending: ({ columns, position }) => {
    columns.sort(position, true, false);
  },
  clearSort: ({ columns }) => {
    columns.clearSort();
  },
  hideColumn: ({ columns, position }) => {
    columns.hide(columns.block(position));
  },
  showAllColumns: ({ columns }) => {
    columns.show();
  },
  freezeColumns: ({ columns, position }) => {
    columns.freeze(columns.block(position).to);
  },
  unfreezeColumns: ({ columns }) => {
    columns.freeze(0);
  },
  fitColumn: ({ columns, position }) => {
    columns.fit(position);
  },
} satisfies Readonly<Record<string, (around: Around) => void>>;

/** Something that the grid does at a command, at the column where the keyboard is. */
export type GridDeed = keyof typeof deeds;

/** All of them. */
export const gridDeeds = Object.keys(deeds) as readonly GridDeed[];

/** Does it. */
export function doInGrid(deed: GridDeed, around: Around): void {
  deeds[deed](around);
}
