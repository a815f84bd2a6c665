import type {
  CompareDeed,
  ComparedView,
  DifferencesView,
  ScrollPlace,
} from "../../protocol/panel";
import type { ResultColumn } from "../../core/results/result";
import { Emitter } from "../lifetime/emitter";
import {
  PageComparison,
  type ComparedPage,
  type ComparisonParts,
} from "./pageComparison";
import type { ResultTabs } from "./resultTabs";

/** What comparing needs. */
export interface ComparingParts extends ComparisonParts {
  readonly tabs: Pick<ResultTabs, "ofResult">;
  /** Shows rows beside those that are meant, which the user chooses; false when there are none. */
  readonly openOther: (resultId: string) => Promise<boolean>;
  /** Asks which columns rows are to be paired by; none for by their places. Undefined when the user does not want to. */
  readonly chooseKey: (
    columns: readonly KeyChoice[],
  ) => Promise<readonly number[] | undefined>;
}

/** A column by which rows can be paired. */
export interface KeyChoice {
  readonly name: string;
  /** Its place in the left result. */
  readonly column: number;
  readonly isChosen: boolean;
}

/** Two pages that show other results than each other, side by side: they scroll together, and what differs is found. */
export class Comparing {
  private readonly changed = new Emitter<void>();
  /** The one that was used last comes first. */
  private pages: readonly ComparedPage[] = [];
  private together = true;
  private comparison: PageComparison | null = null;
  /** The page that is to be compared as soon as another one is there. */
  private waiting: ComparedPage | null = null;
  private told = "";

  constructor(private readonly parts: ComparingParts) {}

  /** What pages are told of it has changed. */
  readonly onChanged = this.changed.event;

  /** A page is there, or is being used. */
  used(page: ComparedPage): void {
    this.pages = [page, ...this.pages.filter((one) => one !== page)];
    this.pagesChanged();
  }

  /** A page is there no more. */
  left(page: ComparedPage): void {
    this.pages = this.pages.filter((one) => one !== page);
    this.pagesChanged();
  }

  /** A page shows other rows than before, is hidden, or is seen again. */
  pagesChanged(): void {
    const { comparison } = this;
    if (comparison?.isNeeded(this.pages) === false) {
      comparison.close();
      this.comparison = null;
    }
    const { waiting } = this;
    if (waiting !== null && this.otherOf(waiting) !== null) {
      this.waiting = null;
      void this.start(waiting, null);
    }
    const now = JSON.stringify(this.pages.map((page) => this.viewFor(page)));
    if (now === this.told) return;
    this.told = now;
    this.changed.fire();
  }

  /** What a page is compared with; null while nothing else is in sight. */
  viewFor(page: ComparedPage): ComparedView | null {
    const other = this.otherOf(page);
    return other === null
      ? null
      : {
          title: this.tabOf(other)?.title ?? "",
          together: this.together,
          differences: this.differencesFor(page, other),
        };
  }

  /** The user scrolled a page: the others follow. */
  scrolled(page: ComparedPage, place: ScrollPlace): void {
    if (!this.together || page.rows === null) return;
    for (const other of this.pages) {
      if (other === page || !areOthers(page, other)) continue;
      const by = this.comparison?.rowsApart(page, other) ?? 0;
      other.post({ type: "follow", place: { ...place, row: place.row + by } });
    }
  }

  /** Does what the user wants; `at` is where the keyboard is on the page. */
  async do(
    page: ComparedPage,
    deed: CompareDeed,
    at: { readonly row: number; readonly column: number },
  ): Promise<void> {
    if (this.otherOf(page) === null && deed !== "cancel" && deed !== "end") {
      await this.openOther(page, deed !== "together");
      return;
    }
    switch (deed) {
      case "together":
        this.together = !this.together;
        break;
      case "start":
        await this.start(page, null);
        break;
      case "chooseKey":
        await this.chooseKey(page);
        break;
      case "cancel":
        this.comparison?.cancel();
        break;
      case "next":
      case "previous":
        await this.step(page, deed === "next", at);
        break;
      case "end":
        this.comparison?.close();
        this.comparison = null;
    }
    this.pagesChanged();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async start(
    page: ComparedPage,
    key: readonly number[] | null,
    left = page,
  ): Promise<void> {
    const other = this.otherOf(page);
    if (other === null) return;
    this.comparison?.close();
    const right = left === page ? other : page;
    const comparison = new PageComparison({ left, right }, this.parts, {
      isComplete: [left, right].every((one) => this.isComplete(one)),
      changed: () => {
        this.pagesChanged();
      },
    });
    this.comparison = comparison;
    await comparison.run(key);
  }

  /** Nothing else is in sight: the user chooses what is to be. */
  private async openOther(
    page: ComparedPage,
    isToStart: boolean,
  ): Promise<void> {
    const resultId = page.rows?.resultId;
    if (resultId === undefined) return;
    const isComing = await this.parts.openOther(resultId);
    this.waiting = isComing && isToStart ? page : null;
    // It may be there already.
    this.pagesChanged();
  }

  private async step(
    page: ComparedPage,
    forward: boolean,
    at: { readonly row: number; readonly column: number },
  ): Promise<void> {
    const comparison = this.comparisonOf(page);
    if (comparison?.isUsable === true)
      await comparison.step(page, forward, at, this.together);
    else await this.start(page, null);
  }

  private async chooseKey(page: ComparedPage): Promise<void> {
    if (this.comparisonOf(page)?.found == null) await this.start(page, null);
    const comparison = this.comparisonOf(page);
    const found = comparison?.found;
    if (comparison === null || found == null) return;
    const names = this.columnsOf(comparison.pages.left);
    const key = await this.parts.chooseKey(
      found.columns.map(({ left }) => ({
        name: names[left]?.name ?? "",
        column: left,
        isChosen: found.key?.some((pair) => pair.left === left) === true,
      })),
    );
    if (key !== undefined && this.comparison === comparison) {
      await this.start(page, key, comparison.pages.left);
    }
  }

  /** The comparison with what is in sight beside a page. */
  private comparisonOf(page: ComparedPage): PageComparison | null {
    const { comparison } = this;
    const other = this.otherOf(page);
    return other !== null && comparison?.isOf(page, other) === true
      ? comparison
      : null;
  }

  /** The page that was used last among those in sight with other rows. */
  private otherOf(page: ComparedPage): ComparedPage | null {
    return this.pages.find((other) => areOthers(page, other)) ?? null;
  }

  private differencesFor(
    page: ComparedPage,
    other: ComparedPage,
  ): DifferencesView | null {
    const { comparison } = this;
    if (comparison?.isOf(page, other) !== true) return null;
    const here = this.columnsOf(page);
    const there = this.columnsOf(other);
    return comparison.viewFor(page, here, there);
  }

  private tabOf({ rows }: ComparedPage): ReturnType<ResultTabs["ofResult"]> {
    return rows === null ? undefined : this.parts.tabs.ofResult(rows.resultId);
  }

  private statementOf(page: ComparedPage) {
    const id = page.rows?.resultId;
    return this.tabOf(page)?.run.statements.find(
      ({ result, outcome }) =>
        result?.resultId === id || outcome?.resultId === id,
    );
  }

  private columnsOf(page: ComparedPage): readonly ResultColumn[] {
    const { result, outcome } = this.statementOf(page) ?? {};
    return outcome?.columns ?? result?.columns ?? [];
  }

  private isComplete(page: ComparedPage): boolean {
    return this.statementOf(page)?.outcome?.complete === true;
  }
}

/** Both are in sight, and have rows of different results. */
function areOthers(page: ComparedPage, other: ComparedPage): boolean {
  return (
    page !== other &&
    page.isVisible &&
    other.isVisible &&
    page.rows !== null &&
    other.rows !== null &&
    page.rows.resultId !== other.rows.resultId
  );
}
