/** What a password is looked for by. */
export interface PassFileKey {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
}

/** Where libpq builds look for sockets: for these a password file says `localhost`. */
const defaultSocketFolders: ReadonlySet<string> = new Set([
  "",
  "/tmp",
  "/run/postgresql",
  "/var/run/postgresql",
]);

/**
 * The password of the first line of a libpq password file that fits (`host:port:database:user:password`, `*` for any,
 * a backslash before `:` and `\`); null without one.
 */
export function findPassword(text: string, key: PassFileKey): string | null {
  const host = defaultSocketFolders.has(key.host) ? "localhost" : key.host;
  const wanted = [host, key.port, key.database, key.user];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    if (line === "" || line.startsWith("#")) {
      continue;
    }
    const fields = fieldsOf(line);
    const fits = wanted.every(
      (value, index) =>
        fields[index]?.raw === "*" || fields[index]?.plain === value,
    );
    const password = fields[4];
    if (fits && password !== undefined) {
      return password.plain;
    }
  }
  return null;
}

interface Field {
  readonly raw: string;
  readonly plain: string;
}

function fieldsOf(line: string): readonly Field[] {
  const fields: Field[] = [];
  let start = 0;
  for (let at = 0; at <= line.length; at++) {
    if (line[at] === "\\" && at + 1 < line.length) {
      at += 1;
    } else if (line[at] === ":" || at === line.length) {
      const raw = line.slice(start, at);
      fields.push({ raw, plain: raw.replace(/\\([^])/g, "$1") });
      start = at + 1;
    }
  }
  return fields;
}
