import type { LintLanguage } from "../credentials/language";

/** What a file is read as. */
export type FileForm = LintLanguage | "notebook";

/** Files longer than this (in bytes) are skipped: nobody wrote them by hand, and V8 has no longer strings than twice that. */
export const maxFileBytes = 200_000_000;

/** A template is of the form that it makes. */
const templateEnding = /\.(?:j2|jinja2?|tpl|tmpl)$/;

/** What a file is by its name alone; null for one that is not looked into unless it is named itself. */
export function formOfName(path: string): FileForm | null {
  const start = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  const name = path.slice(start).toLowerCase().replace(templateEnding, "");
  if (/\.(?:sql|ddl|psql|pgsql|dml|plsql|plpgsql|hql)$/.test(name)) {
    return "sql";
  }
  if (/\.ya?ml$/.test(name)) {
    return "yaml";
  }
  if (/^\.env(?:rc)?(?:[.-].*)?$|\.env$/.test(name)) {
    return "env";
  }
  return name.endsWith(".ipynb") ? "notebook" : null;
}

/** What a file is: by its name, and for a name that says nothing by how its text begins. */
export function formOfFile(path: string, text: string): FileForm {
  const form = formOfName(path);
  if (form !== null) {
    return form;
  }
  const first =
    /^(?![^\S\r\n]*(?:#|--|\/\*))[^\S\r\n]*\S.*$/m.exec(
      text.slice(0, 10_000),
    )?.[0] ?? "";
  if (/^(?:---|%YAML|\s*(?:- )?["']?[\w.-]+["']?:(?:\s|$))/.test(first)) {
    return "yaml";
  }
  return /^(?:export\s+)?[A-Za-z_]\w*=/.test(first) ? "env" : "sql";
}

/** The text of a file's bytes: UTF-8 or UTF-16, each with or without a mark. Null for what is no text. */
export function decodeText(
  bytes: Uint8Array,
  decode: (encoding: "utf-8" | "utf-16le" | "utf-16be") => string,
): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return decode("utf-16le");
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return decode("utf-16be");
  }
  const first = bytes.subarray(0, 8000);
  if (!first.includes(0)) {
    return decode("utf-8");
  }
  const encoding = bytes.length % 2 === 0 ? unmarkedEncoding(first) : null;
  const text = encoding === null ? null : decode(encoding);
  return text === null || control.test(text.slice(0, 4000)) ? null : text;
}

/** What no text has. */
// eslint-disable-next-line no-control-regex -- Control characters are what it is about.
const control = /[\0-\x08\x0e-\x1f]/;

/** UTF-16 without a mark, as tools of Windows write it: of most characters one byte is zero, and always the same one. */
function unmarkedEncoding(first: Uint8Array): "utf-16le" | "utf-16be" | null {
  let even = 0;
  let odd = 0;
  first.forEach((byte, index) => {
    if (byte === 0) {
      even += (index + 1) % 2;
      odd += index % 2;
    }
  });
  if (Math.min(even, odd) > 0 || Math.max(even, odd) < first.length / 4) {
    return null;
  }
  return even === 0 ? "utf-16le" : "utf-16be";
}
