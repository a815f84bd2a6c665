import type { Candidate } from "../finding";
import { envName, lineBreak, type OffsetFixPlan } from "./fixPlan";
import { partOf, type YamlPlace } from "./yamlNode";

/**
 * The value of a container's variable becomes `valueFrom.secretKeyRef`; a password in a URL becomes `$(NAME)`, with a
 * variable of that name before it. Null for anything else of Kubernetes.
 */
export function fixContainer(
  place: YamlPlace,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { key, path, siblings, value } = place;
  const variable = siblings.get("name") ?? "";
  if (
    path.at(-2) !== "env" ||
    path.at(-1) !== "value" ||
    key === null ||
    !/^[A-Za-z_][\w.-]*$/.test(variable)
  ) {
    return null;
  }
  // By the place, not by what was found there: all values of a container come from one secret.
  const owner = /^[a-z0-9][a-z0-9.-]*$/.test(place.owner) ? place.owner : "app";
  const secret = `${owner}-secrets`;
  if (candidate.place === "yamlScalar") {
    const name = envName([variable], taken);
    const rest = trailing(place);
    return value === null || value === ""
      ? null
      : {
          title,
          edits: [
            {
              range: { start: key.start, end: place.whole.end - rest },
              newText: reference(place, column(place, key.start), secret, name),
            },
          ],
          env: [{ name, value }],
          note: "kubernetes",
        };
  }
  return fixUrl(place, candidate, secret, taken);
}

const title = "Move to .env, refer to a Kubernetes secret";

function fixUrl(
  place: YamlPlace,
  candidate: Candidate,
  secret: string,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { isFlow, siblings, text, whole } = place;
  const value = partOf(place, candidate.range);
  // The item begins with its name, so that another can be put in before.
  const dash = new RegExp(
    `^([ \\t]*)-[ \\t]+name:[ \\t]*["']?${siblings.get("name") ?? ""}["']?[ \\t]*\\r?\\n[^]*$`,
    "m",
  );
  const begin = text.lastIndexOf("- name:", whole.start);
  const lineStart = text.lastIndexOf("\n", begin) + 1;
  const head = dash.exec(text.slice(lineStart, whole.end));
  if (isFlow || begin < 0 || value === null || head?.index !== 0) {
    return null;
  }
  const [, indent = ""] = head;
  const name = envName([siblings.get("name") ?? "", candidate.key], taken);
  const newline = lineBreak(text);
  const inner = " ".repeat(indent.length + 2);
  const item = `${indent}- name: ${name}${newline}${inner}${reference(place, inner.length, secret, name)}${newline}`;
  return {
    title,
    edits: [
      { range: { start: lineStart, end: lineStart }, newText: item },
      { range: candidate.range, newText: `$(${name})` },
    ],
    env: [{ name, value }],
    note: "kubernetes",
  };
}

function reference(
  { isFlow, text }: YamlPlace,
  indent: number,
  secret: string,
  name: string,
): string {
  if (isFlow) {
    return `valueFrom: {secretKeyRef: {name: ${secret}, key: ${name}}}`;
  }
  const newline = lineBreak(text);
  const at = (depth: number): string =>
    newline + " ".repeat(indent + 2 * depth);
  return `valueFrom:${at(1)}secretKeyRef:${at(2)}name: ${secret}${at(2)}key: ${name}`;
}

/** Column of an offset, which is the indentation of the keys beside the one there. */
function column({ text }: YamlPlace, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** Length of the white space at the end of a block scalar. */
function trailing({ style, text, whole }: YamlPlace): number {
  return style === "block"
    ? (/\s*$/.exec(text.slice(whole.start, whole.end))?.[0].length ?? 0)
    : 0;
}

/** `Default: x` of a parameter becomes `NoEcho: true`: the value is given when the stack is made. */
export function fixCloudParameter(
  place: YamlPlace,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { key, path, siblings, text, value, whole } = place;
  const parameter = path.at(-2) ?? "";
  if (
    path.at(-1) !== "Default" ||
    path.at(-3) !== "Parameters" ||
    key === null ||
    value === null ||
    candidate.place !== "yamlScalar"
  ) {
    return null;
  }
  const isHidden = siblings.has("NoEcho");
  const lineStart = text.lastIndexOf("\n", key.start - 1) + 1;
  const newline = text.indexOf("\n", whole.end);
  const isAlone =
    text.slice(lineStart, key.start).trim() === "" && newline >= 0;
  if (isHidden && !isAlone) {
    return null;
  }
  return {
    title: "Move to .env, give the parameter at deployment",
    edits: [
      isHidden
        ? { range: { start: lineStart, end: newline + 1 }, newText: "" }
        : {
            range: { start: key.start, end: whole.end },
            newText: "NoEcho: true",
          },
    ],
    env: [{ name: envName([parameter], taken), value }],
    note: "parameter",
  };
}
