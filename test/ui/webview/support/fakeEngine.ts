import assert from "node:assert/strict";
import { viaductError } from "../../../../src/core/errors/makeError";
import { toErrorInfo } from "../../../../src/core/errors/viaductError";
import type { ResultColumn } from "../../../../src/core/results/result";
import type { SortKey } from "../../../../src/core/results/view";
import type {
  HostToPanel,
  PanelCall,
  PanelToHost,
  RunView,
} from "../../../../src/protocol/panel";
import { ended, run, syntheticColumns } from "./runs";

type PageMessage = Extract<PanelToHost, { type: "page" }>;

/** A view's direction: rows turned around when ascending, and moved by some when descending. */
type Direction = "ascending" | "descending" | null;

/** Rows by which a descending view is moved: no view shows any row where another one does. */
const shift = 7;

/** Row of the source at a row of a view. */
export function sourceRow(row: number, direction: Direction, count: number) {
  if (direction === null) return row;
  return direction === "ascending" ? count - 1 - row : (row + shift) % count;
}

/** One synthetic result that can be sorted, for tests of what the page does meanwhile. Cells are `source row:column`. */
export class FakeEngine {
  readonly calls: PanelCall[] = [];
  /** Why views cannot be made; null when they can. */
  failure: string | null = null;
  /** Views that wait until they are released; null lets them through. */
  #held: (() => void)[] | null = null;
  readonly #views = new Map<string, readonly SortKey[]>();
  readonly #cancelled = new Set<string>();
  readonly columns: readonly ResultColumn[];
  #last = 0;

  constructor(
    public rowCount: number,
    columns: number | readonly ResultColumn[],
  ) {
    this.columns =
      typeof columns === "number" ? syntheticColumns(columns) : columns;
  }

  /** A run that has ended with these rows. */
  run(): RunView {
    const { columns, rowCount } = this;
    return run([ended(0, "SELECT 1", { resultId: "big", columns, rowCount })]);
  }

  /** Views wait from now on. */
  hold(): void {
    this.#held = [];
  }

  /** Lets the views through that wait, and those to come. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
  }

  /** Methods that the page called, in order. */
  methods(): readonly string[] {
    return this.calls.map(({ method }) => method);
  }

  /** Ids of views that are open. */
  get openViews(): number {
    return this.#views.size;
  }

  readonly ask = async (message: PanelToHost): Promise<HostToPanel> => {
    assert.ok(message.type === "page" || message.type === "call");
    if (message.type === "page") return this.#page(message);
    this.calls.push(message);
    const { callId } = message;
    try {
      return { type: "answer", callId, result: await this.#call(message) };
    } catch (error) {
      return { type: "callFailed", callId, error: toErrorInfo(error) };
    }
  };

  #page({ requestId, resultId, viewId, offset, limit }: PageMessage) {
    const sort = viewId == null ? [] : this.#views.get(viewId);
    if (sort === undefined) {
      const message = "These rows are not there any more.";
      return { type: "pageFailed", requestId, message } as const;
    }
    const first = sort[0]?.descending;
    const direction =
      first === undefined ? null : first ? "descending" : "ascending";
    const length = Math.max(0, Math.min(limit, this.rowCount - offset));
    const rows = Array.from({ length }, (_, at) => {
      const row = sourceRow(offset + at, direction, this.rowCount);
      return this.columns.map((__, column) => `${row}:${column}`);
    });
    return { type: "page", requestId, resultId, offset, rows } as const;
  }

  async #call({ method, params }: PanelCall) {
    switch (method) {
      case "openView": {
        const { taskId, sort } = params;
        await new Promise<void>((resolve) => {
          if (this.#held === null) resolve();
          else this.#held.push(resolve);
        });
        if (this.#cancelled.has(taskId))
          throw viaductError("cancelled", "Cancelled.");
        if (this.failure !== null) throw viaductError("unknown", this.failure);
        this.#last += 1;
        const viewId = `view-${this.#last}`;
        this.#views.set(viewId, sort);
        return { viewId, rowCount: this.rowCount };
      }
      case "cancelTask":
        this.#cancelled.add(params.taskId);
        return null;
      case "closeViews":
        for (const viewId of params.viewIds) this.#views.delete(viewId);
        return null;
      default:
        throw viaductError("unknown", `not here: ${method}`);
    }
  }
}
