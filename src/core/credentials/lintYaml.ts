import type { Candidate } from "./finding";
import { mayBeSecretManifest, mayHoldCredential } from "./gate";
import { judge, type Judged } from "./judge";
import { formedSecrets } from "./providerTokens";
import { documentRegion } from "./region";
import { scanYaml } from "./yaml/scan";

const translationPath =
  /(?:^|[/\\])(?:locales?|i18n|translations?)[/\\](?:[\w.-]+[/\\])?[^/\\]+$/i;

/** The credentials of a YAML text with their candidates. Holds values: for the core only. */
export function judgeYaml(text: string, fileName = ""): Judged[] {
  if (
    translationPath.test(fileName) ||
    !(mayHoldCredential(text) || mayBeSecretManifest(text))
  ) {
    return [];
  }
  const candidates: Candidate[] = [];
  scanYaml(documentRegion(text), (candidate) => candidates.push(candidate));
  for (const { rule, range, value, what } of formedSecrets(text)) {
    candidates.push({
      rule,
      range,
      value,
      key: what,
      subject: what,
      place: "yamlText",
    });
  }
  return judge(candidates, "yaml");
}
