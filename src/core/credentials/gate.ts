import type { OffsetRange } from "./finding";

/**
 * What tells whether any rule could find anything in a text: most files stop here. It names only what every
 * credential's place has to have: a word of a credential's name, a call with one among its arguments, userinfo in a
 * URL, or a token's prefix. Several patterns and not one, because each alone is searched for by its own fast way.
 */
const patterns = [
  /pass|pwd|secret|token|private|identified|credential|openrowset|pragma|authorization|connection_string|awsauth/i,
  /key(?<=(?:api|account|footer|encryption|parquet|master|access|shared|integration|signing|auth)[-_ ]?key)/i,
  /(?<![A-Za-z0-9])pw\b|pw\s*[:=]/i,
  // Table engines and functions whose password has no name.
  /\((?<=(?:sql|s3|gcs|oss|cosn|iceberg|hudi|deltalake|remote|remotesecure|redis|storage|queue|cluster|mongo\w{0,10})\s{0,3}\()/i,
  /sp_\w|\bconn(?:ect)?[ \t]+[\w"]/i,
  /\b(?:gh[pousr]_|github_pat_|gl(?:pat|ptt|rt|dt|soat|cbt|agent|oas|sa|c)[-_]|npm_|xox|xapp-|[sr]k_live_|whsec_|AIza|GOCSPX|ya29\.|SG\.|sq[pua]_|sq0|do[opr]_v1_|hf_|pypi-|dckr_|dapi|sk-|shp[acps]|xkeysib|key-|lin_api|hv[sbr]\.|dp\.|PMAK|NRAK|napi_|pscale_|sbp_|sb_|dbt[cu]_|pat\w{14}\.|AGE-SEC)/,
  /(?:mysql|mariadb)\w*[ \t][^\n]{0,100}-p\w|curl[ \t][^\n]{0,100}-u|sqlcmd[ \t]|sqlplus[ \t]/,
  /services\/T|-us\d|:AA|webhooks\/|sig=/,
  /:\/\/[^\s/@]{0,200}:[^\s@]{1,200}@/,
];

/** False when no rule can find anything in `text`. */
export function mayHoldCredential(text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

/** The places of a text where a rule could find something, asked for from the beginning to the end. */
export class Hints {
  private readonly searches = patterns.map((pattern) => ({
    pattern: new RegExp(pattern.source, `${pattern.flags}g`),
    start: -1,
    end: -1,
  }));

  constructor(private readonly text: string) {}

  /** The first place from `from` on, or null. `from` is never less than the time before. */
  first(from: number): OffsetRange | null {
    let first: OffsetRange | null = null;
    for (const search of this.searches) {
      if (search.start < from) {
        search.pattern.lastIndex = from;
        const match = search.pattern.exec(this.text);
        search.start = match === null ? Infinity : match.index;
        search.end = match === null ? Infinity : search.pattern.lastIndex;
      }
      if (search.start < (first?.start ?? Infinity)) {
        first = { start: search.start, end: search.end };
      }
    }
    return first;
  }
}

/** True for a YAML text that can be a Secret manifest, whose values need no telling name. */
export function mayBeSecretManifest(text: string): boolean {
  return /kind['"]?\s*:\s*['"]?secret/i.test(text);
}
