import type { ResultTabs } from "./resultTabs";

/** Longest memory of a tab, in characters: filters may name many values. */
const longest = 1_000_000;

/** What the page remembers of its tabs: how their results are arranged, sorted and filtered. Only the page reads it. */
export class TabMemories {
  private readonly memories = new Map<string, string>();

  /** @param keep a pinned tab's memory goes where the tab is kept */
  constructor(
    private readonly tabs: Pick<ResultTabs, "get">,
    private readonly keep: (tabId: string) => Promise<void>,
  ) {}

  /** Null for nothing. */
  of(tabId: string): string | null {
    return this.memories.get(tabId) ?? null;
  }

  /** The page remembers this from now on. */
  async note(tabId: string, memory: string): Promise<void> {
    // A tab that was closed meanwhile has nothing to be remembered.
    if (this.tabs.get(tabId) === undefined) return;
    if (memory.length > longest) this.memories.delete(tabId);
    else this.memories.set(tabId, memory);
    await this.keep(tabId);
  }

  /** An earlier window has kept this. */
  restore(tabId: string, memory: string | null): void {
    if (memory !== null) this.memories.set(tabId, memory);
  }

  forget(tabId: string): void {
    this.memories.delete(tabId);
  }
}

/** What one page is to be told of: each memory once, when the page first hears of its tab. */
export class MemoriesTold {
  private readonly told = new Set<string>();

  constructor(private readonly memories: Pick<TabMemories, "of">) {}

  /** The memories of those of the tabs that are new to the page. */
  ofNew(tabs: readonly { readonly tabId: string }[]): Record<string, string> {
    const found = tabs.flatMap(({ tabId }) => {
      const memory = this.told.has(tabId) ? null : this.memories.of(tabId);
      this.told.add(tabId);
      return memory === null ? [] : [[tabId, memory] as const];
    });
    return Object.fromEntries(found);
  }

  /** Another life of the page begins, which knows nothing. */
  forget(): void {
    this.told.clear();
  }
}
