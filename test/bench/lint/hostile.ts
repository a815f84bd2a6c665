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
  ...["'' || ghp_?", "'password=' || f('x') || ", "'Bearer ' || 'x1', "],
  ...["://a:b@ATTACH '<", "\n\\set pw x{a: \\set pw '", "E'\\'password=x' "],
  ...[
    "-- gitleaks:allow\nCREATE USER x PASSWORD 'yzq1';\n",
    "--PASSWORD 'x' - ",
  ],
  ...["/* credlint:ignore CS101 */ CREATE USER x PASSWORD 'yzq1';\n"],
  ...["/* /* pw */ ", "/* mysql -pfoo */", "-- curl -u a:b\n-- password=x\n"],
  ...["'user=x password=y host=z',", "format('PASSWORD %L', 'x'),"],
  ...["DO $$ BEGIN CREATE USER x PASSWORD 'y'; END $$;\n", "password='é%s"],
  ...["SET s3_secret_access_key='abc';", "f(f(f('pw', ", "$a$ $b$ pw "],
  ...["CREATE FUNCTION f() AS $$ password='x' $$ LANGUAGE plpython;\n"],
  ...["COPY t FROM stdin;\na\tpassword=x\n\\.\n", "{{ 'password=x host=y' }}"],
  ...[
    "\n  - a: -H 'X-Api-Key: PASSWORD 'x",
    "/* PASSWORD=x */ '\n\\'a",
    "\ncreate x'k",
    "```\n",
    "- password=x\n",
    "password: k7Lp0q2\n",
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
