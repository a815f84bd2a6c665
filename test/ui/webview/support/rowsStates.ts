import type { PanelState } from "./states";
import { ended, memoryColumns, memoryRows, run } from "./runs";

const shown = run([
  ended(0, "SELECT * FROM memories", {
    resultId: "memories",
    columns: memoryColumns,
    rowCount: 1284,
    commandTag: "SELECT 1284",
  }),
]);

/** States of a result's rows: in a file, gone, not to be read, not to be saved. */
export const rowsStates: Readonly<Record<string, PanelState>> = {
  "pinned-opening": { run: shown, tab: { pinned: true, rows: "saved" } },
  "pinned-broken": {
    run: shown,
    tab: {
      pinned: true,
      rows: "broken",
      problem: "The file with its rows is not there any more.",
    },
  },
  "rows-gone": { run: shown, tab: { rows: "gone" } },
  "pin-not-saved": {
    run: shown,
    results: { memories: { rows: memoryRows(1284) } },
    tab: {
      pinned: true,
      problem:
        "This pinned result could not be saved and will be gone with the window: the disk is full.",
    },
  },
};
