import type * as vscode from "vscode";
import type { StatementParameter } from "../../protocol/parameters";

/** What was entered for a parameter. */
export type EnteredValue = Pick<
  StatementParameter,
  "type" | "typeName" | "value"
>;

/** Where the values are in the workspace's state. */
const storageKey = "viaduct.parameterValues";

/** Values that are kept; the ones that were used longest ago go first. */
const mostValues = 200;

/** Longer ones are not typed again: they are not kept either. */
const longestValue = 10_000;

/** The values that were entered in this workspace, by the parameter's name. Nothing that is named like a secret. */
export class RememberedValues {
  constructor(private readonly state: vscode.Memento) {}

  get(id: string): EnteredValue | undefined {
    return this.all.find(([known]) => known === id)?.[1];
  }

  async remember(
    values: readonly (readonly [id: string, value: EnteredValue])[],
  ): Promise<void> {
    const fresh = values.filter(
      ([, { value }]) => (value?.length ?? 0) <= longestValue,
    );
    const ids = new Set(values.map(([id]) => id));
    const rest = this.all.filter(([id]) => !ids.has(id));
    await this.state.update(
      storageKey,
      [...fresh, ...rest].slice(0, mostValues),
    );
  }

  /** The newest first; a list, because a parameter may be called `__proto__`. */
  private get all(): readonly (readonly [string, EnteredValue])[] {
    return this.state.get(storageKey, []);
  }
}
