import * as vscode from "vscode";

type Make = (...args: never[]) => unknown;
type Tree = vscode.TreeDataProvider<unknown>;

/**
 * Looks at what Viaduct hands to the window: lines of the log, trees, the status bar. Made before Viaduct is activated;
 * its log says that traces are wanted.
 */
export class WatchedWindow {
  private readonly lines: string[] = [];
  private readonly items: vscode.StatusBarItem[] = [];
  private readonly trees = new Map<string, Tree>();

  constructor() {
    const window = vscode.window as unknown as Record<string, Make>;
    const after = (
      name: string,
      look: (result: unknown, args: readonly unknown[]) => unknown,
    ): void => {
      const make = window[name] as Make;
      window[name] = (...args) => look(make(...args), args);
    };
    after("createOutputChannel", (channel) =>
      this.watched(channel as vscode.LogOutputChannel),
    );
    after("createStatusBarItem", (item) => {
      this.items.push(item as vscode.StatusBarItem);
      return item;
    });
    after("createTreeView", (view, [id, options]) => {
      const { treeDataProvider } = options as vscode.TreeViewOptions<unknown>;
      this.trees.set(String(id), treeDataProvider);
      return view;
    });
    after("registerTreeDataProvider", (registration, [id, provider]) => {
      this.trees.set(String(id), provider as Tree);
      return registration;
    });
  }

  /** What was logged so far. */
  get log(): readonly string[] {
    return this.lines;
  }

  /** What is in the status bar now. */
  get statusBar(): readonly string[] {
    return this.items.map(({ text, tooltip, name }) =>
      JSON.stringify([text, tooltip, name]),
    );
  }

  /** Every item of a tree down to a depth, with what is behind it. */
  async tree(id: string, depth: number): Promise<readonly string[]> {
    const tree = this.trees.get(id);
    if (tree === undefined) {
      throw new Error(`Viaduct was active before anybody looked at ${id}.`);
    }
    return itemsBelow(tree, undefined, depth);
  }

  private watched(channel: vscode.LogOutputChannel): vscode.LogOutputChannel {
    const noting = (name: string): PropertyDescriptor => ({
      value: (...args: unknown[]) => {
        this.lines.push(JSON.stringify(args));
        (channel as unknown as Record<string, Make>)[name]?.(
          ...(args as never[]),
        );
      },
    });
    return Object.create(channel, {
      logLevel: { value: vscode.LogLevel.Trace },
      ...Object.fromEntries(
        ["trace", "debug", "info", "warn", "error", "append", "appendLine"].map(
          (name) => [name, noting(name)],
        ),
      ),
    }) as vscode.LogOutputChannel;
  }
}

async function itemsBelow(
  tree: Tree,
  node: unknown,
  depth: number,
): Promise<string[]> {
  const children = (await tree.getChildren(node)) ?? [];
  const all: string[] = [];
  for (const child of children) {
    all.push(JSON.stringify([await tree.getTreeItem(child), child]));
    if (depth > 1) {
      all.push(...(await itemsBelow(tree, child, depth - 1)));
    }
  }
  return all;
}
