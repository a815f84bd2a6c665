import type { Redactor } from "../core/errors/redactor";

/** The variables that the user has moved into VS Code's SecretStorage, as the host last told them. Held in memory only. */
export class StoredVariables {
  private values: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly redactor: Redactor,
    variables: Readonly<Record<string, string>>,
  ) {
    this.set(variables);
  }

  /** All of them: a name that is not there any more is forgotten. */
  set(variables: Readonly<Record<string, string>>): void {
    this.values = new Map(Object.entries(variables));
    for (const value of this.values.values()) {
      this.redactor.add(value);
    }
  }

  /** The value of a variable. */
  get(name: string): string | undefined {
    return this.values.get(name);
  }
}
