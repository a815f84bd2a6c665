import { isCredentialName } from "../keys";
import { matchesOf } from "../matches";
import type { ShellSecret } from "../shellText";

const quotedValue = String.raw`(?:"(?<double>[^"\n]{1,300})"|'(?<single>[^'\n]{1,300})')`;

const quotedName = String.raw`["'](?<name>[\w.:-]{1,100})["']`;

/** How files of programs give a value to a name of its own: what a text has to hold, and the form. */
const named: readonly (readonly [needs: string, pattern: RegExp])[] = [
  // `define('DB_PASSWORD', 'x')` of PHP
  [
    "define(",
    new RegExp(
      String.raw`\bdefine\([ \t]{0,4}${quotedName}[ \t]{0,4},[ \t]{0,4}${quotedValue}`,
      "g",
    ),
  ],
  // `gitlab_rails['smtp_password'] = 'x'`, `$config["password"] = "x"`, `'password' => 'x'`
  [
    "=",
    new RegExp(
      String.raw`${quotedName}[ \t]{0,4}(?:\][ \t]{0,4}=|=>)[ \t]{0,4}${quotedValue}`,
      "g",
    ),
  ],
  // `<add key="Password" value="x"/>` of .NET, `<property name="password" value="x"/>` of Java
  [
    "value=",
    new RegExp(
      String.raw`\b(?:key|name)=${quotedName}[ \t]{1,4}value=${quotedValue}`,
      "g",
    ),
  ],
];

/** The same with a password that has no name of its own. */
const unnamed: readonly (readonly [needs: string, pattern: RegExp])[] = [
  // HAProxy's `stats auth user:x` and `user a insecure-password x`
  ["stats auth", /\bstats[ \t]+auth[ \t]+[\w.@-]{1,80}:(?<bare>\S{1,300})/g],
  [
    "insecure-password",
    /\binsecure-password[ \t]+(?<bare>[^\s#]{1,300})(?=\s|$)/g,
  ],
  // The lists of users of Redis: `user app on >x ~* +@all`; without a word of theirs it is a command or a sentence
  [
    ">",
    /^[ \t]*user[ \t]+[\w.@-]{1,80}(?=[^\n]{0,600}?[ \t](?:on|off|reset|nopass|resetpass|allkeys|allchannels|allcommands|~\S{0,300}|&[^\s&]{1,300}|[+-]@\S{1,80})(?:\s|$))[ \t]+(?:[^\s>]{1,80}[ \t]+){0,20}>(?<bare>(?![/&])\S{1,300})/gm,
  ],
  // `bindpw x` and `rootpw x` of OpenLDAP
  ["pw", /^[ \t]*(?:bind|root)pw[ \t]+(?<bare>\S{1,300})[ \t]*\r?$/gm],
];

/** Rules of a validator, labels, names of tables and of fields: what a constant is defined as is none of these. */
function isWords(value: string, needs: string): boolean {
  return (
    /\s|^\w+\|/.test(value) ||
    (needs !== "define(" && /^[\p{L}_]+$/u.test(value))
  );
}

/** Credentials in the forms of programs' own files and code. */
export function formSecrets(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const [needs, pattern] of [...named, ...unnamed]) {
    if (!text.includes(needs)) {
      continue;
    }
    for (const match of matchesOf(text, pattern)) {
      const { bare, double, name = "password", single } = match.groups ?? {};
      const [, , inner] = /^(["'])(.+)\1$/.exec(bare ?? "") ?? [];
      const value = inner ?? bare ?? double ?? single ?? "";
      if (
        isCredentialName(name) &&
        (bare !== undefined || !isWords(value, needs))
      ) {
        const quote = (inner ?? double ?? single) === undefined ? 0 : 1;
        const end = match.index + match[0].length - quote;
        const range = { start: end - value.length, end };
        found.push({ range, value, key: name });
      }
    }
  }
  return found;
}
