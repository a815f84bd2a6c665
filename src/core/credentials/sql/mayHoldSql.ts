import type { Token } from "../../sql/token";

const sqlInside =
  /\b(?:create|alter|attach|identified|grant|copy|set|pragma|unload|exec|call|select|insert\s+into|change\s+(?:master|replication)|start\s+(?:slave|replica)|load\s+(?:label|data)|backup|restore)\b/i;

/** A name and a value: two words, or one and a quote. Fewer have no credential in them, however many there are. */
const mayAssign = /^\W*\w+(?:\W*['"$]|\W+\w)/;

const password = /\bpassword\b/i;

/**
 * Without a statement's word a password is in quotes of some kind, or in a comment, a template, a client's command or
 * one of the statements that take it without quotes: `host=h password=x` has none of them.
 */
const mayGivePassword =
  /['"`$\\{#]|--|\/\*|<%|(?:^|;)[\uFEFF \t]*(?:ho(?:st)?[ \t]|conn(?:ect)?[ \t]|def(?:ine)?[ \t]|[!:.])|\b(?:modify|define|hashed)\b/im;

/** True for a text in which there may be a statement with a credential. */
export function mayHoldSql(text: string): boolean {
  return (
    (sqlInside.test(text) ||
      (password.test(text) && mayGivePassword.test(text))) &&
    mayAssign.test(text)
  );
}

/** So short a text has no credential in it; there may be very many bodies of no text at all. */
const shortest = 4;

/** The same for the text of a string: one in dollar quotes is a body more often than not. */
export function mayHoldStatement({ kind }: Token, text: string): boolean {
  return kind === "dollarString" ? text.length > shortest : mayHoldSql(text);
}
