/**
 * One pass over a text that tells whether any rule could find anything in it. Most files stop here, so it names only
 * what every credential's place has to have: a word of a credential's name, userinfo in a URL, or a token's prefix.
 */
const keywords =
  /pass|pwd|(?:\b|_)pw\b|pw\s*[:=]|secret|token|api[-_ ]?key|private|identified|credential|account_?key|(?:encryption|parquet|master|access|shared|integration|signing|auth)[-_ ]?key|openrowset|sql\s*\(|s3\s*\(|mongo\w*\s*\(|redis\s*\(|\bpragma\b|authorization|connection_string|:\/\/[^\s/@]{0,200}:[^\s@]{1,200}@|gh[pousr]_|glpat-|npm_|xox|_live_|AIza|SG\.|sq[pua]_|_v1_|hf_|pypi-|dckr_|dapi|sk-/i;

const allKeywords = new RegExp(keywords.source, "gi");

/** False when no rule can find anything in `text`. */
export function mayHoldCredential(text: string): boolean {
  return keywords.test(text);
}

/** Where in `text` a rule could find something, in order: one pass for a whole file. */
export function credentialHints(text: string): number[] {
  const hints: number[] = [];
  for (const match of text.matchAll(allKeywords)) {
    hints.push(match.index);
  }
  return hints;
}

/** True for a YAML text that can be a Secret manifest, whose values need no telling name. */
export function mayBeSecretManifest(text: string): boolean {
  return /kind['"]?\s*:\s*['"]?secret/i.test(text);
}
