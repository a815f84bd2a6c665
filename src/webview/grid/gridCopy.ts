/** A key press and the browser's own copy event within this many milliseconds are one copy. */
const echoMs = 500;

/** Copies once, whether the keys ask for it, the editor's menu, or both. */
export class GridCopy {
  #copiedAt = -Infinity;

  constructor(
    private readonly focusable: HTMLElement,
    private readonly copy: (headers: boolean) => void,
  ) {}

  /** Listens for the document's own event. */
  connect(): void {
    document.addEventListener("copy", this.#copied);
  }

  disconnect(): void {
    document.removeEventListener("copy", this.#copied);
  }

  /** The keys were pressed. */
  byKeys(headers: boolean, timeStamp: number): void {
    this.#copiedAt = timeStamp;
    this.copy(headers);
  }

  /** The menu's Copy raises this event alone; the keys raise it too, after they were handled. */
  readonly #copied = (event: ClipboardEvent): void => {
    if (document.activeElement !== this.focusable) return;
    event.preventDefault();
    if (event.timeStamp - this.#copiedAt > echoMs) this.copy(false);
  };
}
