import { blamed, type ConnectionSettings } from "./connectionSettings";
import { isLibpqKeyword } from "./libpqOptions";

/** The sections of a connection service file, by name, in order, each once. */
export function serviceNames(text: string): readonly string[] {
  const names = linesOf(text).map((line) => /^\[(.*?)\]/.exec(line)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

/**
 * A section as libpq reads it: the first of its name, and the first word about each option. Null when there is none of
 * that name. Throws `serviceInvalid`, with the line, for what libpq refuses; other sections are not looked at.
 */
export function readService(
  text: string,
  service: string,
  path: string,
): ConnectionSettings | null {
  const lines = linesOf(text);
  const start = lines.findIndex((line) => line.startsWith(`[${service}]`));
  if (start < 0) {
    return null;
  }
  const values = new Map<string, string>();
  const places = new Map<string, number>();
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line.startsWith("[")) {
      break;
    }
    if (line === "" || line.startsWith("#")) {
      continue;
    }
    const equals = line.indexOf("=");
    const keyword = line.slice(0, Math.max(equals, 0));
    const problem = lineProblem(line, keyword, equals);
    if (problem !== null) {
      throw blamed(
        {
          errorClass: "serviceInvalid",
          subject: `Line ${index + 1} of the service file ${path}`,
          file: { path, line: index, column: 0 },
        },
        problem,
      );
    }
    if (!values.has(keyword)) {
      values.set(keyword, line.slice(equals + 1));
      places.set(keyword, index);
    }
  }
  return {
    values,
    blame: (keyword) => ({
      errorClass: "serviceInvalid",
      subject: `The option ${keyword} of the service ${service} in ${path}`,
      file: { path, line: places.get(keyword) ?? start, column: 0 },
    }),
  };
}

function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => line.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, ""));
}

function lineProblem(
  line: string,
  keyword: string,
  equals: number,
): string | null {
  if (/^ldaps?:/.test(line)) {
    return "asks an LDAP server, which Viaduct does not do";
  }
  if (equals < 0) {
    return "is not of the form option=value";
  }
  if (keyword === "service" || keyword === "servicefile") {
    return "names a service within a service, which libpq refuses";
  }
  if (isLibpqKeyword(keyword)) {
    return null;
  }
  if (isLibpqKeyword(keyword.trim())) {
    return "has a space before its =, which libpq refuses";
  }
  return /^[A-Za-z]\w{0,40}$/.test(keyword)
    ? `has the option "${keyword}", which libpq does not know`
    : "has an option that libpq does not know";
}
