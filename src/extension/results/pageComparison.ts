import { randomUUID } from "node:crypto";
import type { ResultColumn } from "../../core/results/result";
import { toErrorInfo } from "../../core/errors/viaductError";
import type {
  DifferencesView,
  HostToPanel,
  PageRows,
} from "../../protocol/panel";
import type {
  ComparedSide,
  Comparison,
  Difference,
} from "../../protocol/comparison";
import type { ResultRequests, RowsRef } from "../../protocol/results";

/** A page of results that can be compared with another one. */
export interface ComparedPage {
  /** The rows that it shows; null while it shows none. */
  readonly rows: PageRows | null;
  /** Whether the user can see it. */
  readonly isVisible: boolean;
  post(message: HostToPanel): void;
}

/** What a comparison needs. */
export interface ComparisonParts {
  /** Asks the engine. */
  readonly request: <M extends keyof ResultRequests>(
    method: M,
    params: ResultRequests[M]["params"],
  ) => Promise<ResultRequests[M]["result"]>;
}

/** What whoever began it knows and wants to hear. */
interface Around {
  /** Whether all rows of both were there. */
  readonly isComplete: boolean;
  readonly changed: () => void;
}

type State =
  | { readonly state: "running"; readonly taskId: string }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "cancelled" }
  | { readonly state: "done"; readonly comparison: Comparison };

/** What differs between the rows of two pages, as these were when it began. */
export class PageComparison {
  private now: State = { state: "running", taskId: randomUUID() };
  private isOver = false;
  /** The difference that the user has come to. */
  private stop: Difference | null = null;
  private readonly rows: Readonly<Record<ComparedSide, RowsRef>>;

  constructor(
    readonly pages: Readonly<Record<ComparedSide, ComparedPage>>,
    private readonly parts: ComparisonParts,
    private readonly around: Around,
  ) {
    this.rows = { left: rowsOf(pages.left), right: rowsOf(pages.right) };
  }

  /** What was found; null while it is not, and when the pages show other rows by now. */
  get found(): Comparison | null {
    return this.now.state === "done" && !this.isStale
      ? this.now.comparison
      : null;
  }

  /** False when it was cancelled, has failed, or is about other rows than those that are shown. */
  get isUsable(): boolean {
    return !this.isStale && ["running", "done"].includes(this.now.state);
  }

  /** Compares all rows; the answer comes with `changed`. */
  async run(key: readonly number[] | null): Promise<void> {
    if (this.now.state !== "running") return;
    const { taskId } = this.now;
    this.around.changed();
    try {
      const asked = { taskId, ...this.rows, key };
      const found = await this.parts.request("compareResults", asked);
      this.now = { state: "done", comparison: found };
      if (this.isOver) this.close();
    } catch (error) {
      const info = toErrorInfo(error);
      this.now =
        info.class === "cancelled"
          ? { state: "cancelled" }
          : { state: "failed", message: info.message };
    }
    if (!this.isOver) this.around.changed();
  }

  /** Whether it is between these two. */
  isOf(page: ComparedPage, other: ComparedPage): boolean {
    const both: readonly unknown[] = Object.values(this.pages);
    return both.includes(page) && both.includes(other);
  }

  /** False when one of its pages is there no more. */
  isNeeded(pages: readonly ComparedPage[]): boolean {
    return Object.values(this.pages).every((page) => pages.includes(page));
  }

  /** How many rows further down the other page has what a page has: pairs are not always beside each other. */
  rowsApart(page: ComparedPage, other: ComparedPage): number {
    const { left = null, right = null } = this.stop ?? {};
    if (this.found === null || !this.isOf(page, other)) return 0;
    if (left === null || right === null) return 0;
    return page === this.pages.left ? right - left : left - right;
  }

  /** Ends it while it runs; what both pages show stays. */
  cancel(): void {
    if (this.now.state !== "running") return;
    const { taskId } = this.now;
    // It may have ended by itself meanwhile.
    this.parts.request("cancelTask", { taskId }).catch(() => undefined);
  }

  /** Nobody will ask for it any more. */
  close(): void {
    this.isOver = true;
    this.cancel();
    if (this.now.state !== "done") return;
    const { compareId } = this.now.comparison;
    this.parts.request("closeComparison", { compareId }).catch(() => undefined);
  }

  /** Takes both pages to the next or the previous difference, from where the keyboard is on one of them. */
  async step(
    page: ComparedPage,
    forward: boolean,
    at: { readonly row: number; readonly column: number },
    together: boolean,
  ): Promise<void> {
    const { found } = this;
    if (found === null) return;
    const side = this.sideOf(page);
    const other = side === "left" ? "right" : "left";
    const next = await this.parts.request("nextDifference", {
      compareId: found.compareId,
      side,
      forward,
      ...this.startOf(side, other, at),
    });
    if (next === null || this.isOver) return;
    this.stop = next;
    // The page that has the row leads; where both do, the one that was asked.
    const lead = next[side] === null ? other : side;
    for (const name of [side, other] as const) {
      const row = next[name];
      const column = next.cell?.[name] ?? null;
      const leads = together && name === lead;
      if (row !== null)
        this.pages[name].post({ type: "reveal", row, column, leads });
    }
    this.around.changed();
  }

  /** What a page is to say; null for nothing. */
  viewFor(
    page: ComparedPage,
    here: readonly ResultColumn[],
    there: readonly ResultColumn[],
  ): DifferencesView | null {
    if (this.now.state === "cancelled") return null;
    if (this.isStale) return { state: "stale" };
    if (this.now.state !== "done") return this.now;
    const { comparison } = this.now;
    const { isComplete } = this.around;
    const side = this.sideOf(page);
    const other = side === "left" ? "right" : "left";
    const names = (
      columns: readonly ResultColumn[],
      of: ComparedSide,
    ): readonly string[] => {
      const paired = new Set(comparison.columns.map((pair) => pair[of]));
      return columns.filter((_, at) => !paired.has(at)).map(({ name }) => name);
    };
    return {
      state: "done",
      comparison,
      side,
      isComplete,
      keys: (comparison.key ?? []).map((pair) => here[pair[side]]?.name ?? ""),
      columnsHere: names(here, side),
      columnsThere: names(there, other),
      ordinal: this.stop?.ordinal ?? null,
    };
  }

  private get isStale(): boolean {
    return (["left", "right"] as const).some((side) => {
      const { rows } = this.pages[side];
      const { resultId, viewId } = this.rows[side];
      return rows?.resultId !== resultId || rows.viewId !== viewId;
    });
  }

  private sideOf(page: ComparedPage): ComparedSide {
    return page === this.pages.left ? "left" : "right";
  }

  /** Where a step begins: at the last difference while the keyboard is there, or cannot be. */
  private startOf(
    side: ComparedSide,
    other: ComparedSide,
    at: { readonly row: number; readonly column: number },
  ): { row: number | null; other: number | null; column: number } {
    const { stop } = this;
    if (stop === null) return { row: at.row, other: null, column: -1 };
    return stop[side] === null
      ? { row: null, other: stop[other], column: at.column }
      : { row: at.row, other: null, column: at.column };
  }
}

function rowsOf({ rows }: ComparedPage): RowsRef {
  return { resultId: rows?.resultId ?? "", viewId: rows?.viewId ?? null };
}
