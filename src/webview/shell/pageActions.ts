import type { PanelAction } from "../../protocol/panelActions";

/** What the page does at a command of the palette or a key: each part registers what it can do. */
export class PageActions {
  readonly #handlers = new Map<PanelAction, () => void>();

  /** A later part takes the place of an earlier one. */
  register(action: PanelAction, handler: () => void): void {
    this.#handlers.set(action, handler);
  }

  /** Does it; false when no part can. */
  do(action: PanelAction): boolean {
    const handler = this.#handlers.get(action);
    handler?.();
    return handler !== undefined;
  }
}
