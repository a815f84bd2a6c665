import type { ShellSecret } from "./shellText";
import { matchesOf } from "./matches";

const template = String.raw`\$\{\{[^{}\n]{0,400}\}\}|\{\{[^{}\n]{0,400}\}\}|\$\([^()\n]{0,400}\)`;

/** What is a template is never anything else, too: a word of many would be tried in more ways than can be counted. */
const word = String.raw`(?:'([^'\n]+)'|\\?"([^"\n\\]+)\\?"|((?:<[\w -]+>|${template}|(?!${template})[^\s'"|;&<>\\,\])])+))`;

/** Words of a command up to an option of it: no other command begins between them. */
const upTo = String.raw`(?:\\\r?\n|[^|;&\n]){0,300}?`;

const between = String.raw`(?:\s+|\s*["']?,\s*["']?|=)`;

/** A credential's name, words of which a text with the command has one, and where in it the credential is. */
type Command = readonly [key: string, needs: string, pattern: string];

/** Commands that take a credential in a way of their own. */
const commands: readonly Command[] = [
  [
    "password",
    "mysql mariadb sshpass",
    String.raw`\b(?:mysql|mysqladmin|mysqldump|mysqlimport|mysqlshow|mariadb|mariadb-admin|mariadb-dump|sshpass|mysqlsh)\b${upTo}["'\s,]-p(?![\s,]|["'](?:[\s,\]]|$)|rotocol)${word}`,
  ],
  [
    "password",
    "twine",
    String.raw`\btwine\s+upload\b${upTo}\s-p${between}${word}`,
  ],
  [
    "password",
    "login",
    String.raw`\b(?:docker|podman|helm registry|buildah|skopeo|oras|az|az acr|cf|oc)\s+login\b${upTo}\s-p${between}${word}`,
  ],
  [
    "password",
    "sshpass mongo",
    String.raw`\b(?:sshpass|mongosh?|mongodump|mongorestore|mongoimport|mongoexport)\b${upTo}["'\s,]-p${between}${word}`,
  ],
  [
    "password",
    "sqlcmd bcp isql tsql osql",
    String.raw`\b(?:sqlcmd|bcp|isql|tsql|osql)\b${upTo}["'\s,]-P(?:${between})?${word}`,
  ],
  [
    "password",
    "redis-cli valkey-cli",
    String.raw`\b(?:redis-cli|valkey-cli)\b${upTo}["'\s,](?:-a|--pass)${between}${word}`,
  ],
  [
    "requirepass",
    "requirepass masterauth masterpass",
    String.raw`--?(?:requirepass|masterauth|masterpass)${between}${word}`,
  ],
  [
    "password",
    "ldap",
    String.raw`\bldap(?:search|add|modify|delete|passwd|whoami)\b${upTo}["'\s,]-w${between}${word}`,
  ],
  [
    "password",
    "curl",
    String.raw`\bcurl\b${upTo}\s(?:-u|--user)${between}["']?[^\s:'"$]{1,80}:${word}`,
  ],
  [
    "password",
    "vsql nzsql",
    String.raw`\b(?:vsql|nzsql)\b${upTo}\s-(?:w|pw)\s+${word}`,
  ],
  [
    "password",
    "db2",
    String.raw`\bdb2\s["']?connect\s+to\s+\S+\s+user\s+\S+\s+using\s+${word}`,
  ],
  [
    "password",
    "net",
    String.raw`\bnet\s+use\s+(?:\S:\s+|\*\s+)?\\\\\S+\s+(?!\/)${word}`,
  ],
  [
    "password",
    "mysqladmin",
    String.raw`\bmysqladmin\b${upTo}\spassword\s+${word}`,
  ],
  [
    "password",
    "echo",
    String.raw`\becho\s+(?:-n\s+)?${word}\s*\|\s*(?:sudo\s+(?:-S\b|passwd\b)|passwd\s+--stdin|(?:docker|podman|helm|oras)\s[^|;&\n]*--password-stdin|cryptsetup\b)`,
  ],
  [
    "password",
    "chpasswd",
    String.raw`\becho\s+(?:-n\s+)?["']?[\w.-]{1,40}:(?:([^\s'"$|]+)()())["']?\s*\|\s*(?:sudo\s+)?chpasswd`,
  ],
  [
    "secret_access_key",
    "aws",
    String.raw`\baws\s+configure\s+set\s+(?:[\w.-]+\.)?aws_(?:secret_access_key|session_token)\s+${word}`,
  ],
  [
    "password",
    "machine",
    String.raw`\bmachine\s+\S{1,100}\s+login\s+\S{1,100}\s+password\s+${word}`,
  ],
  ["password", "pass:", String.raw`-pass(?:in|out)?\s+pass:${word}`],
  [
    "password",
    "htpasswd",
    String.raw`\bhtpasswd\s+-(?=[A-Za-z]*b)[A-Za-z]+\s+(?:\S+\s+)?\S+\s+${word}`,
  ],
  [
    "password",
    "mosquitto_passwd",
    String.raw`\bmosquitto_passwd\s+(?:-[A-Za-z]+\s+)*-b\s+(?:-[A-Za-z]+\s+)*\S+\s+\S+\s+${word}`,
  ],
  [
    "secret_key",
    "mc",
    String.raw`\bmc\s+(?:alias\s+set|config\s+host\s+add)\s+\S+\s+\S+\s+\S+\s+${word}`,
  ],
  [
    "password",
    "rabbitmqctl",
    String.raw`\brabbitmqctl\s+(?:add_user|change_password)\s+\S+\s+${word}`,
  ],
  [
    "password",
    "az",
    String.raw`\baz\s+(?:sql|postgres|mysql|mariadb|synapse)\b${upTo}\s-p${between}${word}`,
  ],
  [
    "password",
    "basic",
    String.raw`--(?:http[-_])?basic[-_]auth(?:=|\s{1,8}|\s*["']?,\s*["']?)["']?[\w.@-]{1,80}:${word}`,
  ],
  [
    "password",
    "mount",
    String.raw`\bmount(?:\.\w+)?\b${upTo}\s-o\s*["']?(?:[^\s"',]{1,80},){0,20}pass(?:word)?=${word}`,
  ],
  [
    "password",
    "storepass keypass",
    String.raw`\s-(?:srcstorepass|deststorepass|storepass|keypass)\s+${word}`,
  ],
];

/** `user/x@db`, as Oracle's programs take a login. */
const slashed = String.raw`["']?[\w$#.]{1,60}\/(?:"([^"\n]+)"|((?:\$\{[^{}\n]{0,400}\}|(?!\$\{[^{}\n]{0,400}\})[^\s@"'|;&<>\\/])+)())(?=[@\s"']|$)`;

const oracle: readonly (readonly [needs: string, pattern: string])[] = [
  [
    "sqlplus sqlcl",
    String.raw`\b(?:sqlplus|sqlcl)(?:\s+-[A-Za-z]+(?:\s+(?:\d[\d.]*|"[^"\n]*"))?){0,6}\s+${slashed}`,
  ],
  [
    "rman",
    String.raw`\brman\b${upTo}\b(?:target|catalog|auxiliary)[ \t=]+${slashed}`,
  ],
  [
    "expdp impdp sqlldr",
    String.raw`\b(?:expdp|impdp|sqlldr)(?:${upTo}\s|\s+)(?:userid=)?${slashed}`,
  ],
];

/** A line of `.pgpass`. */
const passFile = String.raw`(?<![\w.:/@-])(?:[\w.-]{1,80}|\*):(?:\d{4,5}|\*):(?:[\w-]{1,60}|\*):[\w.@-]{1,60}:(?:([^\s:'"]{3,80})()())(?=[\s"']|$)`;

const compiled = [
  ...commands,
  ...oracle.map(([needs, pattern]) => ["password", needs, pattern] as const),
  ["password", ":", passFile] as const,
].map(
  ([key, needs, pattern]) =>
    [key, needs.split(" "), new RegExp(pattern, "gd")] as const,
);

/** One pass that tells whether a text can have such a command. */
const hint =
  /\s-p|"-p|'-p|-P|requirepass|masterauth|\s-a\s|"-a"|--pass\b|\s-w\s|curl|mysqladmin|\becho\b|-pass(?:in|out)?\s|htpasswd|rabbitmqctl|storepass|keypass|configure\s+set|\slogin\s|sqlplus|sqlcl|rman\s|expdp|impdp|sqlldr|:\d{4,5}:|:\*:|db2\s|vsql|nzsql|net\s+use|mosquitto_passwd|\bmc\s|\bmount\b|basic[-_]auth/;

/** Credentials that commands take without a name for them: `mysql -px`, `curl -u a:x`, `echo x | passwd --stdin`. */
export function commandSecrets(text: string): ShellSecret[] {
  if (!hint.test(text)) {
    return [];
  }
  const found: ShellSecret[] = [];
  for (const [key, needs, pattern] of compiled) {
    if (!needs.some((each) => text.includes(each))) {
      continue;
    }
    for (const match of matchesOf(text, pattern)) {
      const last = match.indices?.slice(-3).find((each) => each !== undefined);
      if (last !== undefined) {
        const [start, end] = last;
        found.push({
          range: { start, end },
          value: text.slice(start, end),
          key,
        });
      }
    }
  }
  return found;
}
