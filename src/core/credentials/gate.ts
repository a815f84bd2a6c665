import type { OffsetRange } from "./finding";
import { keyKinds } from "./keys";
import {
  LiteralSearch,
  type Hit,
  type Literal,
  type LiteralCursor,
} from "./literalSearch";

/** Words of a credential's name, and of what takes one without a name; in any case. */
const words =
  "pass pwd secret token private identified credential openrowset pragma connection_string awsauth " +
  "account_add pgp_ encrypt decrypt hmac user.info userinfo sqlplus expdp impdp sqlldr set_wallet set_authentication " +
  "->connect( account.key. .logon rds_set_external xp_cmdshell kennwort contrase senha wachtwoord userlist inline_string inline_bytes honeycomb-team routing_key " +
  "bindpw rootpw authtok cloud.auth cloud_auth basic_auth basicauth basic-auth http_auth httpauth http-auth " +
  // Not where a credential is, but said about one.
  "credlint cred-lint";

/** The same where the word alone does not tell: the pattern is tried where it begins. */
const wordsWith: readonly (readonly [text: string, test: RegExp])[] = [
  [
    "key",
    new RegExp(
      `(?<=(?:${[...keyKinds, "footer", "parquet", "raw", "replica[-_]?set", "logged[-_]?in"].join("|")})[-_. ]?)key|key\\s{1,5}['"$]|key: ["']?[0-9a-f]{32}`,
      "iy",
    ),
  ],
  ["psk", /psk\d{0,2}(?![a-z])/iy],
  ["psw", /psw\d{0,2}(?![a-z])/iy],
  ["salt", /(?<=(?:auth|hash|nonce|token|in)[-_. ]?)salt/iy],
  ["pat: ", /(?<![A-Za-z])pat: /iy],
  ["cookie", /(?<=erlang[-_. ]?)cookie/iy],
  ["github", /github[-_. ]?pat(?![a-z])/iy],
  ["azure", /azure[-_. ]?pat(?![a-z])/iy],
  // Each as it is written: `gh` alone is in words that are frequent.
  ...["ghpat", "gh-pat", "gh_pat", "gh.pat", "gh pat"].map(
    (text) => [text, /(?<![a-z0-9])gh[-_. ]?pat(?![a-z])/iy] as const,
  ),
  ["pw", /(?<![A-Za-z0-9])pw\b|pw\s*[:=]/iy],
  ["authorization", /authorization(?!\w)/iy],
  ["auth", /auth\s{0,40}=\s{0,40}\(/iy],
];

/** The same where a word begins. */
const wordStartsWith: readonly (readonly [text: string, test: RegExp])[] = [
  ["sp_", /sp_\w/iy],
  ["rman", /rman\b/iy],
  ["sign", /sign\s*\(/iy],
  ["verify", /verify\s*\(/iy],
  ["bearer ", /bearer[ ]\S/iy],
  ["basic ", /basic[ ]\S/iy],
  ["conn ", /conn[ \t]+[\w"]/iy],
  ["conn\t", /conn[ \t]+[\w"]/iy],
  ["connect ", /connect[ \t]+[\w"]/iy],
  ["connect\t", /connect[ \t]+[\w"]/iy],
];

/** Ends of the names of table engines and functions whose password has no name: a parenthesis follows. */
const engines =
  "sql s3 gcs oss cosn iceberg hudi deltalake remote remotesecure redis storage queue cluster";

/** Prefixes of tokens, as they are written, where a word begins. */
const prefixes =
  "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ npm_ xox xapp- sk_live_ rk_live_ whsec_ AIza GOCSPX ya29. SG. sqp_ squ_ sqa_ " +
  "sq0 dop_v1_ dor_v1_ hf_ pypi- dckr_ dapi sk- shpa shpc shpp shps xkeysib key- lin_api hvs. hvb. hvr. PMAK NRAK " +
  "napi_ pscale_ sbp_ sb_ dbtc_ dbtu_ AGE-SEC";

/** What else is told as it is written: prefixes with something behind, clients with a login, URLs with userinfo. */
const writtenWith: readonly (readonly [text: string, test: RegExp])[] = [
  ["mysql", /mysql\w{0,40}\s[^]{0,100}-p[\w'"]/y],
  ["mariadb", /mariadb\w{0,40}\s[^]{0,100}-p[\w'"]/y],
  ["login", /login\b[^]{0,200}["'\s]-p["'\s=,]/y],
  ...["redis-cli", "valkey-cli"].map(
    (client) =>
      [
        client,
        new RegExp(`${client}[^]{0,200}["'\\s]-a["'\\s=,]`, "y"),
      ] as const,
  ),
  ["mongo", /mongo\w{0,20}\b[^]{0,200}["'\s]-p/y],
  ["ldap", /ldap\w{1,20}\b[^]{0,200}["'\s]-w["'\s=,]/y],
  ["jdbc:oracle", /jdbc:oracle:\w{1,20}:[\w$]{1,80}\/[^\s@"'/]{1,80}@/y],
  ["neo4j/", /neo4j\/\S/y],
  ["curl", /curl\s[^]{0,100}-u/y],
  ["twine", /twine\s+upload[^]{0,200}\s-p/y],
  ["sqlcmd", /sqlcmd[ \t]/y],
  ["bcp", /(?<!\w)bcp\s[^]{0,200}-P/y],
  ["mc alias", /mc alias set[ ]/y],
  ["mc config", /mc config host[ ]/y],
  ["@(", /@\([^\s()]{1,200}\)\//y],
  ["@tcp(", /@tcp\([^\s()]{1,200}\)\//y],
  ["@unix(", /@unix\([^\s()]{1,200}\)\//y],
  ["net use", /net use[ \t]/y],
  ...[":54", ":64", ":65", ":15", ":*:"].map(
    (port) => [port, /:(?:\d{4,5}|\*):[\w*-]{1,60}:[\w.@-]{1,60}:\S/y] as const,
  ),
  ["stats auth", /stats auth[ ]\S/y],
  ["user ", /user [\w.@-]{1,80} [^\n>]{0,200}>\S/y],
  ["slack: ", /slack: ["']?[\w-]{1,80}:[A-Za-z\d]{20}/y],
  ["rooms:", /rooms:\s{1,80}- ["']?[\w-]{1,80}:[A-Za-z\d]{20}/y],
  ["services/T", /services\/T/y],
  ["-us", /-us\d/y],
  [":AA", /:AA/y],
  ["webhooks/", /webhooks\//y],
  ["sig=", /sig=/y],
];

/** The same where a word begins. */
const tokensWith: readonly (readonly [text: string, test: RegExp])[] = [
  ...["isql", "tsql", "osql", "vsql", "nzsql"].flatMap((client) =>
    [" ", "\t"].map(
      (blank) =>
        [
          client + blank,
          /\w{1,2}sql[ \t][^\n]{0,100}-(?:P|w|pw)[ \t]/y,
        ] as const,
    ),
  ),
  ["pat", /pat\w{14}\./y],
  ["dp.", /dp\.(?:pt|st|ct|sa)\./y],
  ..."glpat glptt glrt gldt glsoat glcbt glagent gloas glsa glc"
    .split(" ")
    .map((text) => [text, new RegExp(`${text}[-_]`, "y")] as const),
];

/** A URL with userinfo. */
const login: Literal = {
  text: "://",
  anyCase: false,
  test: /:\/\/(?=[^\s@]{2,401}@)[^\s/@]{0,200}:[^\s@]{1,200}@/y,
  needs: "@",
};

function withTest(
  pairs: readonly (readonly [text: string, test: RegExp])[],
  anyCase: boolean,
  isWordStart: boolean,
): Literal[] {
  return pairs.map(([text, test]) => ({ text, anyCase, isWordStart, test }));
}

/**
 * What tells whether any rule could find anything in a text: most files stop here. It names only what every
 * credential's place has to have: a word of a credential's name, a call with one among its arguments, userinfo in a
 * URL, or a token's prefix.
 */
const search = new LiteralSearch([
  ...words.split(" ").map((text) => ({ text, anyCase: true })),
  ...withTest(wordsWith, true, false),
  ...withTest(wordStartsWith, true, true),
  ...engines.split(" ").map((text) => ({
    text,
    anyCase: true,
    isCall: true,
  })),
  { text: "mongo", anyCase: true, test: /mongo\w{0,10}\s{0,40}\(/iy },
  ...prefixes.split(" ").map((text) => ({
    text,
    anyCase: false,
    isWordStart: true,
  })),
  ...withTest(tokensWith, false, true),
  ...withTest(writtenWith, false, false),
  login,
]);

/** False when no rule can find anything in `text`, and no comment of ours is in it. */
export function mayHoldCredential(text: string): boolean {
  return search.isIn(text);
}

/** Which of the parts of a text, asked for in order, can hold a credential. */
export class Hints {
  private readonly cursor: LiteralCursor;
  private upcoming: Hit | null;

  constructor(private readonly text: string) {
    this.cursor = search.over(text);
    this.upcoming = this.cursor.next(0);
  }

  /** True when nothing behind what was asked last can hold a credential. */
  isDone(): boolean {
    return this.upcoming === null;
  }

  /** True when what may be a credential begins between an offset, behind what was asked last, and another. */
  isBetween(start: number, end: number): boolean {
    const hit = this.hitFrom(start);
    return hit !== null && hit.start < end;
  }

  /** True when the part can hold a credential. It depends on the part's own text alone. */
  isIn({ start, end }: OffsetRange): boolean {
    const hit = this.hitFrom(start);
    if (hit === null || hit.from > end) {
      return false;
    }
    // What goes on behind the part's end, or began before it, is told by the part alone.
    return (
      (hit.start >= start && hit.end <= end) ||
      mayHoldCredential(this.text.slice(start, end))
    );
  }

  private hitFrom(start: number): Hit | null {
    if (this.upcoming !== null && this.upcoming.from <= start) {
      this.upcoming = this.cursor.next(start);
    }
    return this.upcoming;
  }
}

/** True for a YAML text that can be a Secret manifest, whose values need no telling name. */
export function mayBeSecretManifest(text: string): boolean {
  return /kind['"]?\s*:\s*['"]?secret/i.test(text);
}
