/** Texts that are made to be slow to read: every construct that opens something, repeated, in pairs and in mixtures. */

/** One construct each; what is repeated is up to `hostileTexts`. */
const hostileUnits: readonly string[] = [
  ...["(", ")", "[", "{", "}", "'", '"', "`", "''", "E'", "\\'", "U&'"],
  ...["$a$", "$$", "$", "/*", "*/", "/* /* x */", "--", "-- ", "#", "# "],
  ...["{{", "{{{{", "}}", "{%", "${", "${A:-", "$(", "<%", "<", "%(a", "%s"],
  ...["://", "://a:", "://a:b@", "x://a:b", "postgres://u:p@h/", "@", ":"],
  ...["password=", "password= ", "password='", "host=h password=x ", "pwd: "],
  ...["PASSWORD 'x", "PASSWORD 'x' ", "CREATE USER x PASSWORD 'y';\n"],
  ...["CREATE USER x PASSWORD ", "IDENTIFIED BY ", "IDENTIFIED BY x REPLACE "],
  ...["CREATE SECRET (", "ATTACH '", "f(", "f('a', ", "password(", "s3('"],
  ...[
    "\\set a ",
    "\\set pw '",
    "\n\\set pw x",
    "\\c ",
    "SET x.",
    "||",
    "'' || ",
  ],
  ...[
    "-----BEGIN ",
    "-----BEGIN RSA PRIVATE KEY-----\n",
    "A",
    "a1B2",
    "=",
    "\\n",
  ],
  ...[
    "key: ",
    "key: key: ",
    "\nkey: x",
    "- ",
    "- - ",
    "\n- ",
    "\n  - a: ",
    "? ",
  ],
  ...[
    "&a ",
    "*a ",
    "\n&a x: *a",
    "!t ",
    "|\n  ",
    ">\n ",
    "---\n",
    "a: |\n  b: |\n",
  ],
  ...[
    "[a, ",
    "{a: ",
    "{a: [",
    "'a': ",
    '"a": ',
    "\n\t",
    "\t",
    " ",
    "\n",
    "\r\n",
  ],
  ...[
    "-- password: x\n",
    "# password: x\n",
    "-- credlint:ignore\n",
    "NOSONAR ",
  ],
  ...[
    "# credlint:ignore ",
    "env_var('",
    "env_var('X', 'y",
    "{{ env_var(",
    "<<: ",
  ],
  ...[
    "ghp_",
    "sk-",
    "password: 'x\n",
    "export PGPASSWORD=",
    "--password=",
    "-p",
  ],
  ...["COPY t FROM stdin;\n", "BEGIN ", "CASE ", "conn a/", "define pw = '"],
  ...[
    "Authorization: Bearer ",
    "-H 'X-Api-Key: ",
    "\n'\nCREATE ",
    "é",
    "\u{1f600}",
  ],
];

/** Each unit alone, in pairs and in threes that `random` picks, all of about `length` characters. */
export function* hostileTexts(
  length: number,
  mixtures: number,
  random: () => number,
): Generator<{ readonly name: string; readonly text: string }> {
  const pick = (): string =>
    hostileUnits[Math.floor(random() * hostileUnits.length)] ?? "";
  for (const unit of hostileUnits) {
    yield { name: unit, text: filled(unit, length) };
    yield { name: `"${unit} once"`, text: unit + filled("a b ", length) };
  }
  for (let index = 0; index < mixtures; index++) {
    const unit = pick() + pick() + (random() < 0.5 ? pick() : "");
    const half = Math.floor(length / 2);
    yield random() < 0.7
      ? { name: unit, text: filled(unit, length) }
      : {
          name: `${unit} then`,
          text: filled(unit, half) + filled(pick(), half),
        };
  }
}

function filled(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}
