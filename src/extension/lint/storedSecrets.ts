import type * as vscode from "vscode";
import type { EnvVariable } from "../../protocol/server";

/** What `StoredSecrets` needs of VS Code's SecretStorage. */
export type Secrets = Pick<vscode.SecretStorage, "get" | "store" | "delete">;

/** Variables by name. */
export type Variables = Readonly<Record<string, string>>;

/**
 * The credentials that were moved out of SQL into VS Code's SecretStorage, by the name that `getenv()` asks for: one
 * entry for each folder, so that they can be listed. They go to the engine and nowhere else.
 */
export class StoredSecrets {
  /** Changes come one after the other: each reads what the last one wrote. */
  private changing: Promise<void> = Promise.resolve();

  constructor(
    private readonly secrets: Secrets,
    /** What the folders of the window are told from others by, and where a window of several had all of them once. */
    private readonly places: () => readonly string[],
    /** Tells the engine, when there is one. */
    private readonly tell: (variables: Variables) => Promise<void>,
  ) {}

  /** Those of all folders; of two with one name that of the first folder, as with env files. */
  async all(): Promise<Variables> {
    const found = await Promise.all(
      this.places().map((place) => this.of(place)),
    );
    return found.reduce((all, each) => ({ ...each, ...all }), {});
  }

  /** None where there is something that is not ours. */
  private async of(place: string): Promise<Variables> {
    const text = await this.secrets.get(keyOf(place));
    try {
      const read: unknown = text === undefined ? {} : JSON.parse(text);
      return isVariables(read) ? read : {};
    } catch {
      return {};
    }
  }

  /** Keeps more of them, with the folder whose documents ask for them. */
  add(entries: readonly EnvVariable[], place: string): Promise<void> {
    return this.change([place], (variables) => ({
      ...variables,
      ...Object.fromEntries(entries.map(({ name, value }) => [name, value])),
    }));
  }

  /** Forgets one of them, in whatever folder it is. */
  forget(name: string): Promise<void> {
    return this.change(this.places(), (variables) =>
      Object.fromEntries(
        Object.entries(variables).filter(([each]) => each !== name),
      ),
    );
  }

  private change(
    places: readonly string[],
    next: (variables: Variables) => Variables,
  ): Promise<void> {
    const changed = this.changing.then(async () => {
      for (const place of places) {
        const variables = next(await this.of(place));
        await (Object.keys(variables).length === 0
          ? this.secrets.delete(keyOf(place))
          : this.secrets.store(keyOf(place), JSON.stringify(variables)));
      }
      await this.tell(await this.all());
    });
    this.changing = changed.catch(() => undefined);
    return changed;
  }
}

function keyOf(place: string): string {
  return `viaduct.variables ${JSON.stringify([place])}`;
}

function isVariables(value: unknown): value is Variables {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === "string")
  );
}
