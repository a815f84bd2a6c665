import { viaductError } from "../errors/makeError";

/** Throws `connectionInvalid` with this reason unless it holds. The reason repeats no value: it may be a secret. */
export function check(holds: boolean, reason: string): void {
  if (!holds) {
    throw viaductError("connectionInvalid", reason);
  }
}

/** An object of the settings, read property by property; every reason names the property. */
export class SettingRecord {
  private readonly record: Readonly<Record<string, unknown>>;

  /** `name` is how reasons call the object. */
  constructor(value: unknown, name: string) {
    check(
      typeof value === "object" && value !== null && !Array.isArray(value),
      `${name} is not an object.`,
    );
    this.record = value as Record<string, unknown>;
  }

  has(key: string): boolean {
    return this.record[key] !== undefined;
  }

  value(key: string): unknown {
    return this.record[key];
  }

  /** A typing error in a property's name must not look like a property that was left out. */
  allow(keys: readonly string[], name: string): void {
    const unknown = Object.keys(this.record).find((key) => !keys.includes(key));
    check(
      unknown === undefined,
      `${name} has the unknown property "${unknown ?? ""}".`,
    );
  }

  text(key: string): string {
    const text = this.optionalText(key);
    check(text !== undefined, `"${key}" is missing.`);
    return text ?? "";
  }

  optionalText(key: string): string | undefined {
    const value = this.record[key];
    check(value !== "", `"${key}" is empty.`);
    return this.anyText(key);
  }

  /** As `optionalText`, and it may be empty. */
  anyText(key: string): string | undefined {
    const value = this.record[key];
    check(
      value === undefined || typeof value === "string",
      `"${key}" is not a text.`,
    );
    return value as string | undefined;
  }

  /** A text of a list. */
  oneOf<T extends string>(
    key: string,
    values: readonly T[],
    reason = `"${key}" is none of ${values.join(", ")}.`,
  ): T | undefined {
    const value = this.record[key];
    check(
      value === undefined || (values as readonly unknown[]).includes(value),
      reason,
    );
    return value as T | undefined;
  }

  flag(key: string): boolean | undefined {
    const value = this.record[key];
    check(
      value === undefined || typeof value === "boolean",
      `"${key}" is neither true nor false.`,
    );
    return value as boolean | undefined;
  }

  /** A whole number of at least `smallest`. */
  wholeNumber(key: string, smallest: number): number | undefined {
    const value = this.record[key];
    check(
      value === undefined ||
        (Number.isSafeInteger(value) && (value as number) >= smallest),
      `"${key}" is not a whole number from ${String(smallest)}.`,
    );
    return value as number | undefined;
  }

  texts(key: string): readonly string[] | undefined {
    const value = this.record[key];
    check(
      value === undefined ||
        (Array.isArray(value) &&
          value.every((item) => typeof item === "string" && item !== "")),
      `"${key}" is not a list of names.`,
    );
    return value as readonly string[] | undefined;
  }
}
