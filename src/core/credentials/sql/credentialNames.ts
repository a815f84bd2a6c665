import { isCredentialName } from "../keys";

/** With fewer tokens it takes longer to remember names than to look at them. */
const manyTokens = 40;

/** Which names of a text take a credential: one behind the other, several readers ask for the same. */
export class CredentialNames {
  private asked = "";
  private isCredential = false;
  private known: Map<string, boolean> | undefined;

  constructor(private readonly tokens: number) {}

  /** True for a name that takes one. */
  has(name: string): boolean {
    if (name !== this.asked) {
      this.asked = name;
      this.isCredential = this.isKnown(name);
    }
    return this.isCredential;
  }

  /** Most names of a long text are there many times. */
  private isKnown(name: string): boolean {
    if (this.tokens < manyTokens) {
      return isCredentialName(name);
    }
    this.known ??= new Map();
    let known = this.known.get(name);
    if (known === undefined) {
      known = isCredentialName(name);
      this.known.set(name, known);
    }
    return known;
  }
}
