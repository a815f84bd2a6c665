import type { Candidate } from "../finding";
import { envName, type OffsetFixPlan } from "./fixPlan";
import { isHelmValues } from "./references";
import type { YamlPlace } from "./yamlNode";

/**
 * A value of a chart becomes empty, and is given when the chart is installed; a property of a CloudFormation resource
 * refers to a secret of AWS. Null for anything else.
 */
export function fixByHand(
  place: YamlPlace,
  candidate: Candidate,
  taken: ReadonlySet<string>,
  fileName: string,
): OffsetFixPlan | null {
  const { path, style, text, value, whole } = place;
  const before = text.slice(0, whole.start);
  if (
    candidate.place !== "yamlScalar" ||
    style === "block" ||
    value === null ||
    value === "" ||
    place.key === null ||
    // What refers to it would be empty, too.
    /&\S+\s+$/.test(before)
  ) {
    return null;
  }
  const range = { start: whole.start, end: whole.end };
  const name = envName(path, taken);
  const env = [{ name, value }];
  if (candidate.fileKind === "generic" && isHelmValues(place, fileName)) {
    const title = "Move to .env, give it to the chart by --set-literal";
    return { title, edits: [{ range, newText: '""' }], env, note: "helm" };
  }
  if (
    candidate.fileKind === "cloudformation" &&
    path[0] === "Resources" &&
    path.includes("Properties")
  ) {
    const variable = envName(path.slice(1).filter(isOwnName), taken);
    const newText = `"{{resolve:secretsmanager:${variable}:SecretString}}"`;
    return {
      title: "Move to .env, refer to AWS Secrets Manager",
      edits: [{ range, newText }],
      env: [{ name: variable, value }],
      note: "secretsManager",
    };
  }
  return null;
}

function isOwnName(name: string): boolean {
  return name !== "Properties" && name !== "";
}
