import type { ResultPage } from "../core/results/result";
import type { HostToPanel, PanelToHost } from "../protocol/panel";
import { PageBudget } from "./grid/pageBudget";
import type { PanelPort } from "./port";

/** Requests for rows that may be unanswered at a time, over all results. */
const maxInFlight = 2;

/** Rows, or why they cannot be had. */
export type PageAnswer =
  | { readonly rows: ResultPage["rows"]; readonly cut?: ResultPage["cut"] }
  | string;

/** Which rows are asked for. */
export type PageRequest = Omit<
  Extract<PanelToHost, { type: "page" }>,
  "type" | "requestId"
>;

/** Who asks for rows. */
export interface PageConsumer {
  /** Sends what is wanted while there is room. */
  pump(): void;
  /** The host forgot what it was asked. */
  forgetAsked(): void;
  /** Its rows are not needed any more. */
  close(): void;
}

type Answer = (answer: PageAnswer) => void;

/** Numbers the requests for rows, bounds how many are under way, and hands each answer to who asked. */
export class PageBroker {
  readonly #pending = new Map<number, Answer>();
  readonly #stores = new Set<PageConsumer>();
  #lastId = 0;

  constructor(
    private readonly port: PanelPort,
    /** What the rows that are here may take. */
    readonly budget = new PageBudget(),
  ) {}

  /** A store takes part: it is pumped whenever there is room. */
  join(store: PageConsumer): void {
    this.#stores.add(store);
  }

  /** Results that are not shown any more. */
  keepOnly(stores: ReadonlySet<PageConsumer>): void {
    for (const store of this.#stores) {
      if (stores.has(store)) continue;
      this.#stores.delete(store);
      store.close();
    }
  }

  hasRoom(): boolean {
    return this.#pending.size < maxInFlight;
  }

  /** Asks the host for rows. */
  request(rows: PageRequest, answer: Answer): void {
    this.#lastId += 1;
    const requestId = this.#lastId;
    this.#pending.set(requestId, answer);
    this.port.post({ type: "page", requestId, ...rows });
  }

  /** Takes an answer of the host. */
  accept(message: Extract<HostToPanel, { requestId: number }>): void {
    const answer = this.#pending.get(message.requestId);
    if (answer === undefined) return;
    this.#pending.delete(message.requestId);
    answer(message.type === "pageFailed" ? message.message : message);
    this.#pump();
  }

  /** The host was restarted: what it was asked it will not answer. */
  reset(): void {
    this.#pending.clear();
    for (const store of this.#stores) store.forgetAsked();
    this.#pump();
  }

  #pump(): void {
    for (const store of this.#stores) store.pump();
  }
}
