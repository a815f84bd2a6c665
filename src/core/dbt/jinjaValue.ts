/** What an expression can come to. */
export type JinjaValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | JinjaValue[]
  | { [key: string]: JinjaValue };

/** A value as Python writes it in a text. */
export function pythonText(value: JinjaValue): string {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return value ? "True" : "False";
    case "undefined":
      return "";
    case "number":
      return String(value);
    default:
      return value === null ? "None" : JSON.stringify(value);
  }
}
