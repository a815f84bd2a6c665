import { lex } from "./lexer";
import { tokenValue } from "./tokenText";

/** A statement that gives one setting a value. */
export interface SettingStatement {
  readonly name: string;
  /** As written, quotes off. */
  readonly value: string;
}

/** Reads `SET [GLOBAL | SESSION | LOCAL] name = value` (or `TO`), `PRAGMA name = value` and `PRAGMA name(value)`; null for any other. */
export function settingStatement(sql: string): SettingStatement | null {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const values = tokens.map((token) => tokenValue(sql, token));
  if (values.at(-1) === ";") {
    values.pop();
  }
  const [verb = "", ...rest] = values;
  switch (verb.toUpperCase()) {
    case "SET": {
      const hasScope = ["GLOBAL", "SESSION", "LOCAL"].includes(
        (rest[0] ?? "").toUpperCase(),
      );
      const [name, sign = "", ...value] = hasScope ? rest.slice(1) : rest;
      return ["=", "TO"].includes(sign.toUpperCase())
        ? setting(name, value)
        : null;
    }
    case "PRAGMA": {
      const [name, sign, ...value] = rest;
      if (sign === "(" && value.at(-1) === ")") {
        return setting(name, value.slice(0, -1));
      }
      return sign === "=" ? setting(name, value) : null;
    }
    default:
      return null;
  }
}

function setting(
  name: string | undefined,
  value: readonly string[],
): SettingStatement | null {
  return name === undefined || value.length === 0
    ? null
    : { name: name.toLowerCase(), value: value.join("") };
}
