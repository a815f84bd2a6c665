import type { CellArea, SelectionAggregate } from "../../protocol/results";
import { LatestTask } from "../latestTask";
import type { ResultApi } from "../resultCalls";
import { count, counted } from "../texts";

/** The engine is asked when the selection has rested for this many milliseconds. */
const restMs = 120;

/** What the selected cells come to, computed in the engine: one question at a time, cancelled when the selection moves. */
export class SelectionAggregates {
  #key = "";
  #timer: number | null = null;
  readonly #task: LatestTask;

  constructor(
    private readonly api: ResultApi,
    private readonly show: (text: string) => void,
  ) {
    this.#task = new LatestTask(api);
  }

  /** The selection is this now; nothing is said about a single cell. */
  select(area: CellArea | null): void {
    const key = JSON.stringify(area);
    if (key === this.#key) return;
    this.#key = key;
    this.#cancel();
    const rows = area === null ? 0 : area.toRow - area.fromRow;
    const columns = area?.columns.length ?? 0;
    if (area === null || rows * columns < 2) {
      this.show("");
      return;
    }
    this.show(`${count(rows)} × ${count(columns)} selected`);
    this.#timer = window.setTimeout(() => {
      this.#timer = null;
      void this.#ask(area);
    }, restMs);
  }

  async #ask(area: CellArea): Promise<void> {
    try {
      const found = await this.#task.ask((taskId) =>
        this.api.call("aggregate", { ...area, taskId }),
      );
      if (found !== undefined) this.show(aggregateText(found));
    } catch {
      // The rows are gone: how much is selected stays.
    }
  }

  #cancel(): void {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
    this.#timer = null;
    this.#task.end();
  }
}

/** `12 cells · 1 NULL · sum 3,402.50 · avg 309.32 · min 1 · max 999`: the engine's texts, with separators only. */
function aggregateText(found: SelectionAggregate): string {
  const parts = [counted(found.cells, "cell")];
  if (found.nulls > 0) parts.push(`${count(found.nulls)} NULL`);
  if (found.numbers === 0) {
    parts.push(`${count(found.distinct)} distinct`);
    return parts.join(" · ");
  }
  if (found.numbers < found.cells - found.nulls) {
    parts.push(counted(found.numbers, "number"));
  }
  const figures = {
    sum: found.sum,
    avg: found.mean,
    min: found.min,
    max: found.max,
  };
  for (const [name, text] of Object.entries(figures)) {
    if (text !== null) parts.push(`${name} ${separated(text)}`);
  }
  return parts.join(" · ");
}

/** A number's text with commas between thousands; another text as it is. */
function separated(text: string): string {
  const parts = /^(-?)(\d+)((?:\.\d+)?)$/.exec(text);
  if (parts === null) return text;
  const [, sign = "", whole = "", fraction = ""] = parts;
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${fraction}`;
}
