import { nameWords } from "../nameWords";
import type { YamlScalar } from "./node";

/** Values by name, of which those of scalars are read when they are asked for. */
type Values = Map<string, string | YamlScalar>;

/** Keys that name the value beside them, in the order of their weight. */
const labelKeys = [
  "name",
  "key",
  "id",
  "Name",
  "Key",
  "ParameterKey",
  "OptionName",
  "variable",
  "var",
  "field",
  "property",
  "param",
  "parameter",
  "option",
  "variable_name",
  "variableName",
  "param_name",
  "paramName",
  "env_name",
];

/** Keys beside which a key's name is that of an entry elsewhere. */
const referenceKeys = [
  "remoteRef",
  "property",
  "secretName",
  "objectName",
  "secretKeyRef",
  "secretRef",
  "secretId",
];

const noLabels: readonly string[] = [];

/**
 * The scalars beside one another in a map, by name. What is to be known of all of them is found out once: asked for each
 * of them it would take time by the square of their number.
 */
export class Siblings {
  private values: Values | undefined;
  private knownUser: string | null | undefined;
  private knownSecret: boolean | undefined;
  private knownLabelled: boolean | undefined;
  private knownReference: boolean | undefined;
  private knownLabels: readonly string[] | undefined;

  /** `read` finds them when they are asked for: of most maps nobody asks. */
  constructor(private readonly read: (() => Values) | null = null) {}

  /** How many there are. */
  get size(): number {
    return this.all().size;
  }

  /** The value of a name. */
  get(name: string): string | undefined {
    const value = this.all().get(name);
    return value === undefined ? undefined : textOf(value);
  }

  /** True for a name among them. */
  has(name: string): boolean {
    return this.all().has(name);
  }

  /** Adds one, before anything is asked of them. */
  set(name: string, value: string): void {
    this.all().set(name, value);
  }

  /** Each name with its value. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return Array.from(this.all(), ([name, value]) => [name, textOf(value)]);
  }

  /** The user among them. */
  get user(): string | undefined {
    if (this.knownUser === undefined) {
      this.knownUser = this.findUser() ?? null;
    }
    return this.knownUser ?? undefined;
  }

  /** True when the name of one says that it is a secret. */
  get hasSecret(): boolean {
    return (this.knownSecret ??= [...this.all().keys()].some((name) =>
      /secret/i.test(name),
    ));
  }

  /** True when most of them are words for people. */
  get areLabels(): boolean {
    return (this.knownLabelled ??= this.countLabels() * 2 > this.size);
  }

  /** True when one of them says where a secret is. */
  get refer(): boolean {
    return (this.knownReference ??= referenceKeys.some((name) =>
      this.has(name),
    ));
  }

  /** What names the value beside it, from what has the most weight on. */
  get labels(): readonly string[] {
    return (this.knownLabels ??= this.findLabels());
  }

  private all(): Values {
    return (this.values ??= this.read?.() ?? new Map<string, string>());
  }

  private findUser(): string | undefined {
    for (const [name, value] of this.all()) {
      const last = nameWords(name).at(-1);
      if (last === "user" || last === "username" || last === "login") {
        return textOf(value);
      }
    }
    return undefined;
  }

  private findLabels(): readonly string[] {
    const found = labelKeys
      .map((each) => this.get(each) ?? "")
      .filter((each) => each !== "");
    // `{type: password, value: x}` of Keycloak
    const isPassword = this.get("type") === "password";
    if (isPassword) {
      found.push("password");
    }
    return found.length === 0 ? noLabels : found;
  }

  private countLabels(): number {
    return this.entries().filter(([, value]) =>
      /(?<!\p{L})\p{L}{2,}[,.:]? \p{L}{2,}|^(?:[A-Za-z]*[^\x20-\x7e]|\p{L}*[^\x20-\x7e\p{L}])[\p{L} -]*$/u.test(
        value,
      ),
    ).length;
  }
}

function textOf(value: string | YamlScalar): string {
  return typeof value === "string" ? value : value.value;
}
