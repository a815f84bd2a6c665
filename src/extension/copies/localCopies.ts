import type { SnapshotInfo, SnapshotKey } from "../../protocol/snapshots";
import type { EngineSession } from "../engine/engineSession";
import type { Disposable } from "../lifetime/disposableStore";
import { Emitter } from "../lifetime/emitter";

/**
 * What is known of the local copies of tables. The engine answers after a copy that it is making: nothing that is shown
 * waits for that.
 */
export class LocalCopies implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly byAlias = new Map<string, readonly SnapshotInfo[]>();
  private readonly asked = new Set<string>();

  private readonly listening: Disposable;

  constructor(
    private readonly session: Pick<
      EngineSession,
      "request" | "find" | "onCatalogsChanged"
    >,
  ) {
    this.listening = session.onCatalogsChanged(() => {
      this.forgetUnknown();
    });
  }

  readonly onChanged = this.changed.event;

  /** The copies of an alias as far as they are known; asks for them the first time. */
  of(alias: string): readonly SnapshotInfo[] {
    if (!this.asked.has(alias)) {
      this.asked.add(alias);
      void this.look(alias);
    }
    return this.byAlias.get(alias) ?? [];
  }

  /** Asks the engine anew. */
  async read(alias: string): Promise<readonly SnapshotInfo[]> {
    const copies = await this.session.request("listSnapshots", { alias });
    const before = JSON.stringify(this.byAlias.get(alias) ?? []);
    this.asked.add(alias);
    this.byAlias.set(alias, copies);
    if (JSON.stringify(copies) !== before) {
      this.changed.fire();
    }
    return copies;
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  /** An alias that there is not any more may come back without its copies. */
  private forgetUnknown(): void {
    for (const alias of this.asked) {
      if (this.session.find(alias) === undefined) {
        this.asked.delete(alias);
        this.byAlias.delete(alias);
      }
    }
  }

  private async look(alias: string): Promise<void> {
    try {
      await this.read(alias);
    } catch {
      // Without an engine nothing is known; it is asked again when the tree is.
      this.asked.delete(alias);
    }
  }
}

/** The copy of a table, when there is one. */
export function copyOf(
  copies: readonly SnapshotInfo[],
  { schema, relation }: Pick<SnapshotKey, "schema" | "relation">,
): SnapshotInfo | undefined {
  return copies.find(
    (copy) => copy.schema === schema && copy.relation === relation,
  );
}
