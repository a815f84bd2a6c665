import {
  isConnectionText,
  parseConnection,
} from "../connections/connectionText";
import {
  blamed,
  layered,
  type ConnectionSettings,
} from "../connections/connectionSettings";
import { isLibpqKeyword } from "../connections/libpqOptions";
import type { FilePlace } from "../errors/errorInfo";
import { ViaductError } from "../errors/viaductError";
import type { RenderedMap } from "./profileNodes";
import { numberText, scalarOf, textOf } from "./rendered";

/** dbt's names, and those of DuckDB's secrets, for libpq's keywords; the first that is there counts. */
const fields: Readonly<Record<string, readonly string[]>> = {
  host: ["host", "hostname", "server"],
  port: ["port"],
  dbname: ["dbname", "database", "db"],
  user: ["user", "username"],
  password: ["password", "pass"],
};

/** Keywords that are said in another way, or that are Viaduct's to say. */
const elsewhere = new Set([
  ...Object.keys(fields),
  "options",
  "application_name",
  "connect_timeout",
  "keepalives_idle",
]);

/** Where in a file a connection stands, and what it is called in a message. */
export interface ConnectionPlace {
  /** Begins a sentence after the field: `of the output dev in /x/profiles.yml`. */
  readonly subject: string;
  readonly place: (offset: number) => FilePlace;
}

/** A connection that is written as fields: an output of `type: postgres`, a secret, `external_sources.postgresql`. */
export function fieldSettings(
  map: RenderedMap,
  { subject, place }: ConnectionPlace,
  required: readonly string[] = [],
): ConnectionSettings {
  const values = new Map<string, string>();
  const starts = new Map<string, number>();
  const set = (keyword: string, keys: readonly string[]): void => {
    const scalar = scalarOf(map, ...keys);
    if (scalar === undefined) {
      return;
    }
    if (scalar.problem !== null) {
      throw new ViaductError(scalar.problem);
    }
    const isText =
      keyword === "password" || keyword === "user" || keyword === "dbname";
    values.set(keyword, isText ? scalar.text : numberText(scalar));
    starts.set(keyword, scalar.start);
  };
  for (const [keyword, keys] of Object.entries(fields)) {
    set(keyword, keys);
  }
  for (const key of map.entries.keys()) {
    if (
      isLibpqKeyword(key.toLowerCase()) &&
      !elsewhere.has(key.toLowerCase())
    ) {
      set(key.toLowerCase(), [key]);
    }
  }
  for (const [keyword, value] of limitsOf(map)) {
    values.set(keyword, value);
  }
  const blame: ConnectionSettings["blame"] = (keyword) => ({
    errorClass: "profileInvalid",
    subject: `The field ${keyword} ${subject}`,
    file: place(starts.get(keyword) ?? map.start),
  });
  for (const keyword of required) {
    if ((values.get(keyword) ?? "") === "") {
      throw blamed(
        blame(keyword),
        values.has(keyword) ? "is empty" : "is missing",
      );
    }
  }
  return { values, blame };
}

/** A connection that is written as libpq's text: the path of an `attach` entry; a secret may say the rest. */
export function textSettings(
  text: string,
  start: number,
  { subject, place }: ConnectionPlace,
  secret: ConnectionSettings | null,
): ConnectionSettings {
  const blame = {
    errorClass: "profileInvalid",
    subject: `The path ${subject}`,
    file: place(start),
  } as const;
  const plain = text.replace(/^postgres(?:ql)?:(?!\/\/)/i, "");
  // DuckDB's extension takes a lone word for the name of a database, as libpq does.
  const values =
    plain.trim() === ""
      ? new Map<string, string>()
      : isConnectionText(plain)
        ? parseConnection(plain, blame)
        : new Map([["dbname", plain]]);
  const own = { values, blame: () => blame };
  return secret === null ? own : layered(secret, own);
}

/** True for the path or the type of an `attach` entry that DuckDB's postgres extension opens. */
export function isPostgresEntry(path: string, type: string): boolean {
  return type === ""
    ? /^postgres(?:ql)?:/i.test(path)
    : /^postgres(?:_scanner|ql)?$/i.test(type);
}

function limitsOf(map: RenderedMap): [string, string][] {
  const limits: [string, string][] = [];
  const seconds = scalarOf(map, "connect_timeout")?.value;
  // libpq waits two seconds at least; 0 would wait for ever.
  if (typeof seconds === "number" && seconds > 0) {
    limits.push(["connect_timeout", String(Math.max(2, Math.ceil(seconds)))]);
  }
  const idle = scalarOf(map, "keepalives_idle")?.value;
  if (typeof idle === "number" && idle > 0) {
    limits.push(["keepalives_idle", String(idle)]);
  }
  const options = [
    textOf(map, "options") ?? "",
    serverSetting("search_path", textOf(map, "search_path")),
    // dbt says SET ROLE after connecting; as an option of the connection it holds for every one of them.
    serverSetting("role", textOf(map, "role")),
  ].filter((option) => option !== "");
  if (options.length > 0) {
    limits.push(["options", options.join(" ")]);
  }
  return limits;
}

/** A `-c` option; libpq takes a space for the end of it unless a backslash stands before. */
function serverSetting(name: string, value: string | null): string {
  return value === null || value === ""
    ? ""
    : `-c ${name}=${value.replace(/[\\\s]/g, "\\$&")}`;
}
