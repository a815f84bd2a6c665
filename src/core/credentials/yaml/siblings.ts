import { nameWords } from "../nameWords";

/**
 * The scalars beside one another in a map, by name. What is to be known of all of them is found out once: asked for each
 * of them it would take time by the square of their number.
 */
export class Siblings extends Map<string, string> {
  private readonly known: {
    user?: string | undefined;
    hasSecret?: boolean;
    areLabels?: boolean;
  } = {};

  /** The user among them. */
  get user(): string | undefined {
    if (!("user" in this.known)) {
      this.known.user = this.findUser();
    }
    return this.known.user;
  }

  /** True when the name of one says that it is a secret. */
  get hasSecret(): boolean {
    this.known.hasSecret ??= [...this.keys()].some((name) =>
      /secret/i.test(name),
    );
    return this.known.hasSecret;
  }

  /** True when most of them are words for people. */
  get areLabels(): boolean {
    this.known.areLabels ??= this.countLabels() * 2 > this.size;
    return this.known.areLabels;
  }

  private findUser(): string | undefined {
    for (const [name, value] of this) {
      const last = nameWords(name).at(-1);
      if (last === "user" || last === "username" || last === "login") {
        return value;
      }
    }
    return undefined;
  }

  private countLabels(): number {
    return [...this.values()].filter((value) =>
      /(?<!\p{L})\p{L}{2,}[,.:]? \p{L}{2,}|^(?:[A-Za-z]*[^\x20-\x7e]|\p{L}*[^\x20-\x7e\p{L}])[\p{L} -]*$/u.test(
        value,
      ),
    ).length;
  }
}
