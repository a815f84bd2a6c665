import type * as vscode from "vscode";
import type { EnvVariable } from "../../protocol/server";

/** What `StoredSecrets` needs of VS Code's SecretStorage. */
export type Secrets = Pick<vscode.SecretStorage, "get" | "store" | "delete">;

/** Variables by name. */
export type Variables = Readonly<Record<string, string>>;

/**
 * The credentials that were moved out of SQL into VS Code's SecretStorage, by the name that `getenv()` asks for: one
 * entry for each workspace, so that they can be listed. They go to the engine and nowhere else.
 */
export class StoredSecrets {
  /** Changes come one after the other: each reads what the last one wrote. */
  private changing: Promise<void> = Promise.resolve();

  constructor(
    private readonly secrets: Secrets,
    /** What the workspace is told from others by. */
    private readonly workspace: () => string,
    /** Tells the engine, when there is one. */
    private readonly tell: (variables: Variables) => Promise<void>,
  ) {}

  /** All of them; none where there is something that is not ours. */
  async all(): Promise<Variables> {
    const text = await this.secrets.get(this.key());
    try {
      const read: unknown = text === undefined ? {} : JSON.parse(text);
      return isVariables(read) ? read : {};
    } catch {
      return {};
    }
  }

  /** Keeps more of them. */
  add(entries: readonly EnvVariable[]): Promise<void> {
    return this.change((variables) => ({
      ...variables,
      ...Object.fromEntries(entries.map(({ name, value }) => [name, value])),
    }));
  }

  /** Forgets one of them. */
  forget(name: string): Promise<void> {
    return this.change((variables) =>
      Object.fromEntries(
        Object.entries(variables).filter(([each]) => each !== name),
      ),
    );
  }

  private change(next: (variables: Variables) => Variables): Promise<void> {
    const changed = this.changing.then(async () => {
      const variables = next(await this.all());
      await (Object.keys(variables).length === 0
        ? this.secrets.delete(this.key())
        : this.secrets.store(this.key(), JSON.stringify(variables)));
      await this.tell(variables);
    });
    this.changing = changed.catch(() => undefined);
    return changed;
  }

  private key(): string {
    return `viaduct.variables ${JSON.stringify([this.workspace()])}`;
  }
}

function isVariables(value: unknown): value is Variables {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === "string")
  );
}
