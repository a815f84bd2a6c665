import type { Candidate } from "./finding";
import { mayBeSecretManifest, mayHoldCredential } from "./gate";
import { extraKeysInYaml } from "./extraKeys";
import { judge, type Judged } from "./judge";
import type { LintOptions } from "./options";
import { formedCandidates } from "./providerTokens";
import { documentRegion } from "./region";
import { scanYaml } from "./yaml/scan";
import { templateCode } from "./yaml/templateCode";

const translationPath =
  /(?:^|[/\\])(?:locales?|i18n|translations?)[/\\](?:[\w.-]+[/\\])?[^/\\]+$/i;

/** The credentials of a YAML text with their candidates. Holds values: for the core only. */
export function judgeYaml(
  text: string,
  fileName: string,
  options: LintOptions,
): Judged[] {
  if (
    translationPath.test(fileName) ||
    !(
      mayHoldCredential(text) ||
      mayBeSecretManifest(text) ||
      options.extraKeys.length > 0
    )
  ) {
    return [];
  }
  const placed: Candidate[] = [];
  scanYaml(documentRegion(text), (candidate) => placed.push(candidate));
  extraKeysInYaml(text, options.extraKeys).forEach((candidate) => {
    placed.push(candidate);
  });
  const isCode = templateCode(text);
  const candidates = placed.filter(({ range }) => !isCode(range.start));
  formedCandidates(text, "yamlText").forEach((candidate) => {
    candidates.push(candidate);
  });
  return judge(candidates, "yaml", options.rules);
}
