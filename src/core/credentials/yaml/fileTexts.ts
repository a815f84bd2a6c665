import { isCredentialName } from "../keys";
import type { ShellSecret } from "../shellText";
import { formSecrets } from "./fileForms";

/** `spring.datasource.password = x` of properties and INI files, `password x` of none. */
const property =
  /^(?<indent>[ \t]*(?<mark>[#;!]+[ \t]*)?(?:(?:export|const|let|var|local|readonly|ENV|ARG)[ \t]+|[$@])?)(?<name>[A-Za-z_][\w.-]{0,100})(?<equals>[ \t]*(?:=>?|:(?=[ \t]))[ \t]*)(?:(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'][^\n]*))[ \t]*)?(?:[;,][ \t]*)?\r?$/gm;

/** Lines of redis.conf. */
const directive =
  /^[ \t]*(requirepass|masterauth)[ \t]+["']?([^\s"']+)["']?[ \t]*\r?$/gm;

/** Lines of the users of pgbouncer. */
const userLine = /^[ \t]*"[^"\n]{1,63}"[ \t]+"([^"\n]+)"[ \t]*\r?$/gm;

/** Lines that the users of pgbouncer do not have. */
const noUserLine =
  /^(?![^\S\n\r\u2028\u2029]*(?:"[^"\n]*"[ \t]+"[^"\n]*"\s*$|[#;]|$))/m;

const element =
  /<((?:[\w.-]+:)?[\w.-]{1,80})>(?:<!\[CDATA\[)?([^<>\s][^<>\n]{0,300}?)(?:\]\]>)?<\/\1>/g;

const namedElement =
  /<name>\s*([\w.-]{1,100})\s*<\/name>\s*<value>\s*([^<>\s][^<>\n]{0,299}?)\s*<\/value>/g;

/** Lines that neither properties nor INI files have. */
const otherLine =
  /^(?![^\S\n\r\u2028\u2029]*(?:[#;!]|\[[^\]]*\]\s*$|[\w.-]+\s*[=:]|$))/m;

/** A credential in a file that is the value of a scalar. */
export interface FileSecret extends ShellSecret {
  readonly isComment: boolean;
}

/** Credentials of the properties, INI or XML file that a text is, and of the quoted assignments in any other. */
export function fileSecrets(text: string): FileSecret[] {
  const found: FileSecret[] = formSecrets(text).map((each) => ({
    ...each,
    isComment: false,
  }));
  if (text.includes("=") || text.includes(":")) {
    const isFile = !otherLine.test(text);
    for (const match of text.matchAll(property)) {
      const secret = propertySecret(match, isFile);
      if (secret !== null) {
        found.push(secret);
      }
    }
  }
  if (!noUserLine.test(text)) {
    for (const match of text.matchAll(userLine)) {
      const [whole, value = ""] = match;
      const start = match.index + whole.lastIndexOf(value);
      const range = { start, end: start + value.length };
      found.push({ range, value, key: "password", isComment: false });
    }
  }
  for (const match of text.matchAll(directive)) {
    const [whole, key = "", value = ""] = match;
    const start = match.index + whole.lastIndexOf(value);
    const range = { start, end: start + value.length };
    found.push({ range, value, key, isComment: false });
  }
  if (text.includes("</")) {
    for (const pattern of [element, namedElement]) {
      for (const match of text.matchAll(pattern)) {
        const [whole, name = "", value = ""] = match;
        if (isCredentialName(name)) {
          const start = match.index + whole.lastIndexOf(value);
          const range = { start, end: start + value.length };
          found.push({ range, value, key: name, isComment: false });
        }
      }
    }
  }
  return found;
}

function propertySecret(
  match: RegExpExecArray,
  isFile: boolean,
): FileSecret | null {
  const { indent = "", mark, name = "", equals = "" } = match.groups ?? {};
  const { double, single, bare } = match.groups ?? {};
  const value = double ?? single ?? bare?.trimEnd() ?? "";
  const isQuoted = bare === undefined;
  // Unquoted, the right side of `=` is a value only where every line is an assignment: elsewhere it is code.
  if (
    value === "" ||
    !isCredentialName(name) ||
    (!isQuoted && (!isFile || /\s/.test(value))) ||
    (equals.includes(":") && !isFile)
  ) {
    return null;
  }
  const start =
    match.index +
    indent.length +
    name.length +
    equals.length +
    (isQuoted ? 1 : 0);
  return {
    range: { start, end: start + value.length },
    value,
    key: name,
    isComment: mark !== undefined,
  };
}

/** `root:x` lines of the passwords that cloud-init sets. */
export function passwordLines(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of text.matchAll(
    /^[ \t]*([\w.-]{1,40}):([^\s:]+)[ \t]*\r?$/gm,
  )) {
    const [whole, , value = ""] = match;
    if (!/^(?:R|RANDOM)$/.test(value)) {
      const start = match.index + whole.lastIndexOf(value);
      const range = { start, end: start + value.length };
      found.push({ range, value, key: "password" });
    }
  }
  return found;
}
