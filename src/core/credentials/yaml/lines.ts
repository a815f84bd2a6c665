import { connectionSecrets } from "../connectionText";
import type { Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isCredentialName } from "../keys";
import { regionRange, subRegion, type Region } from "../region";
import { shellSecrets } from "../shellText";

const keyed =
  /^\s*(?:-\s+)?["']?([A-Za-z_][\w.-]{0,60})["']?\s*:\s+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#'"{[|>&*!][^\s#]*))\s*(?:#.*)?$/;

/** The rules that need no structure, line by line: for files that are too long or too broken to parse. */
export function scanYamlLines(region: Region, report: Report): void {
  let start = 0;
  while (start < region.text.length) {
    const next = region.text.indexOf("\n", start);
    const end = next < 0 ? region.text.length : next;
    if (end - start < 5000) {
      readLine(subRegion(region, { start, end }), report);
    }
    start = end + 1;
  }
}

function readLine(line: Region, report: Report): void {
  if (!mayHoldCredential(line.text)) {
    return;
  }
  const match = keyed.exec(line.text);
  const value = match?.[2] ?? match?.[3] ?? match?.[4] ?? "";
  if (
    match !== null &&
    isCredentialName(match[1] ?? "") &&
    !/^(?:true|false|null|~)$/.test(value)
  ) {
    const at = line.text.indexOf(value, match[0].indexOf(":"));
    const range = regionRange(line, { start: at, end: at + value.length });
    report({
      rule: "CY210",
      range,
      value,
      key: match[1] ?? "",
      place: "yamlScalar",
    });
    return;
  }
  for (const { form, range, value: found, key, user } of connectionSecrets(
    line.text,
  )) {
    const rule = form === "url" ? "CY208" : "CY209";
    report({
      rule,
      range: regionRange(line, range),
      value: found,
      key,
      user,
      place: "yamlText",
    });
  }
  for (const { range, value: found, key } of shellSecrets(line.text)) {
    report({
      rule: "CY211",
      range: regionRange(line, range),
      value: found,
      key,
      place: "yamlText",
    });
  }
}
