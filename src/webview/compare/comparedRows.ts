import type {
  CompareDeed,
  ComparedView,
  HostToPanel,
  PanelToHost,
  ScrollPlace,
} from "../../protocol/panel";
import type { GridElement } from "../grid/gridElement";
import type { GridModel } from "../grid/gridModel";
import type { ResultApi } from "../resultCalls";
import type { PageActions } from "../shell/pageActions";
import { keyboardPlace } from "../tab/keyboardPlace";
import { CompareBar } from "./compareBar";

/** What comparing needs of the page. */
export interface ComparedRowsParts {
  readonly api: ResultApi;
  readonly grid: GridElement;
  readonly model: () => GridModel | null;
  readonly post: (message: PanelToHost) => void;
}

/** Rows that are compared with those of another page: both scroll together, and what differs is marked. */
export class ComparedRows {
  readonly bar: CompareBar;
  #view: ComparedView | null = null;
  /** Where the rows stand, as the other page knows. */
  #told: { readonly top: number; readonly left: number } | null = null;
  #isLed = false;
  /** The rows whose differences are marked. */
  #sight = "";

  constructor(private readonly parts: ComparedRowsParts) {
    this.bar = new CompareBar(
      (deed) => {
        this.#do(deed);
      },
      () => {
        parts.grid.querySelector<HTMLElement>(".scroller")?.focus();
      },
    );
  }

  /** What a command does. */
  registerActions(actions: PageActions): void {
    const deeds = {
      scrollTogether: "together",
      showDifferences: "start",
      compareByKey: "chooseKey",
      nextDifference: "next",
      previousDifference: "previous",
    } as const;
    for (const action of Object.keys(deeds) as (keyof typeof deeds)[]) {
      actions.register(action, () => {
        this.#do(deeds[action]);
      });
    }
  }

  /** What the rows are compared with now; null while they are not. */
  update(view: ComparedView | null): void {
    if (view !== null && this.#view === null) this.#note();
    this.#view = view;
    this.bar.update(view);
    void this.#mark();
  }

  /** The rows were scrolled, or others are shown: the other page is told, and what differs in sight is marked. */
  moved(): void {
    const model = this.parts.model();
    if (model === null) return;
    if (this.#view !== null && !this.#isLed && this.#isElsewhere(model))
      this.#tell();
    void this.#mark();
  }

  /** The other page was scrolled. */
  follow(place: ScrollPlace): void {
    this.#quietly(() => {
      this.parts.grid.follow(place);
    });
  }

  /** Brings a difference into sight. */
  reveal({
    row,
    column,
    leads,
  }: Extract<HostToPanel, { readonly type: "reveal" }>): void {
    const model = this.parts.model();
    if (model === null) return;
    this.#quietly(() => {
      this.parts.grid.reveal(row, column ?? keyboardPlace(model).column);
    });
    if (leads) this.#tell();
  }

  #do(deed: CompareDeed): void {
    const at = keyboardPlace(this.parts.model());
    this.parts.post({ type: "compare", deed, at });
  }

  #tell(): void {
    const { place } = this.parts.grid;
    if (place !== null) this.parts.post({ type: "scrolled", place });
    this.#note();
  }

  /** What the page does by itself is not told to the page that it follows. */
  #quietly(move: () => void): void {
    this.#isLed = true;
    move();
    this.#isLed = false;
    this.#note();
    void this.#mark();
  }

  #note(): void {
    const model = this.parts.model();
    this.#told = model && { top: model.top, left: model.left };
  }

  /** A scroll bar stands at whole pixels, where the rows may not. */
  #isElsewhere({ top, left }: GridModel): boolean {
    const told = this.#told;
    return (
      told === null ||
      Math.abs(top - told.top) >= 1 ||
      Math.abs(left - told.left) >= 1
    );
  }

  /** Marks what differs in sight, once for each sight. */
  async #mark(): Promise<void> {
    const { grid, api } = this.parts;
    const differences = this.#view?.differences ?? null;
    if (differences?.state !== "done") {
      if (this.#sight !== "") grid.markDifferences([]);
      this.#sight = "";
      return;
    }
    const { compareId } = differences.comparison;
    const { side } = differences;
    const { fromRow, toRow } = grid.rowsInSight;
    const sight = `${compareId}/${side}/${fromRow}/${toRow}`;
    if (sight === this.#sight) return;
    this.#sight = sight;
    try {
      const asked = { compareId, side, fromRow, toRow };
      const rows = await api.call("differencesIn", asked);
      if (this.#sight === sight) grid.markDifferences(rows);
    } catch {
      // Marks are an aid: the line says when the comparison itself is gone.
    }
  }
}
