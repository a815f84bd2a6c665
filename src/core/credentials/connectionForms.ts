import type { OffsetRange } from "./finding";

/** A password found inside a connection text. */
export interface ConnectionSecret {
  readonly form: "url" | "pairs";
  readonly range: OffsetRange;
  readonly value: string;
  readonly key: string;
  readonly user: string;
}

/** `u:x@tcp(h:3306)/d` of Go's driver for MySQL. */
export function dialSecrets(text: string, found: ConnectionSecret[]): void {
  const login =
    /(?<![\w/:.@{$-])([\w.-]{1,40}):((?:\$\{[^{}\s]{0,80}\}|(?!\$\{)[^\s:@'"/]){1,80})@(?:tcp\d?|unix)?\([^()\s]{1,200}\)\//g;
  for (const match of text.matchAll(login)) {
    const [, user = "", value = ""] = match;
    const start = match.index + user.length + 1;
    const range = { start, end: start + value.length };
    found.push({ form: "pairs", range, value, key: "password", user });
  }
}

/** `jdbc:oracle:thin:scott/tiger@…` */
export function slashedSecrets(text: string, found: ConnectionSecret[]): void {
  const login = /jdbc:oracle:[a-z]{1,20}:([\w$]{1,80})\/([^\s@"'/]{1,80})@/g;
  for (const match of text.matchAll(login)) {
    const [whole, user = "", value = ""] = match;
    const end = match.index + whole.length - 1;
    const range = { start: end - value.length, end };
    found.push({ form: "pairs", range, value, key: "password", user });
  }
}

/** `host "h", user "u", password "x"` of MySQL's Spider. */
export function spacedSecrets(text: string, found: ConnectionSecret[]): void {
  const [, , user] = /\b(host|user|srv)\s+"([^"\n]*)"/i.exec(text) ?? [];
  const match = /\bpassword\s+"([^"\n]+)"/i.exec(text);
  if (user !== undefined && match !== null) {
    const [whole, value = ""] = match;
    const end = match.index + whole.length - 1;
    const range = { start: end - value.length, end };
    found.push({ form: "pairs", range, value, key: "password", user });
  }
}

/** `user_app="x"` of a module of JAAS', which lists the logins that a broker takes. */
export function moduleSecrets(text: string, found: ConnectionSecret[]): void {
  const login = /(?<![\w.-])user_([\w.-]{1,80})="([^"\n]{1,300})"/g;
  for (const match of text.matchAll(login)) {
    const [whole, user = "", value = ""] = match;
    const end = match.index + whole.length - 1;
    const range = { start: end - value.length, end };
    found.push({ form: "pairs", range, value, key: "password", user });
  }
}
