import { createSecret } from "../../connections/secretStatement";
import { identifierText } from "../../sql/identifierText";
import { lexTolerantly } from "../../sql/lexer";
import { quoteLiteral } from "../../sql/quote";
import { splitStatements, type Statement } from "../../sql/statements";
import { tokenValue } from "../../sql/tokenText";
import { classifyValue } from "../classify";
import type { Candidate, OffsetRange } from "../finding";
import { isCredentialName } from "../keys";
import {
  envName,
  lineBreak,
  type EnvEntry,
  type OffsetEdit,
  type OffsetFixPlan,
} from "./fixPlan";
import { getenvTitle } from "./fixSecret";

/** A kind of secret, and the settings that its parameters were before there were secrets. */
interface Family {
  readonly type: string;
  readonly pattern: RegExp;
  readonly parameters: ReadonlyMap<string, string>;
}

const families: readonly Family[] = [
  {
    type: "s3",
    pattern: /^s3_/,
    parameters: new Map([
      ["s3_access_key_id", "KEY_ID"],
      ["s3_secret_access_key", "SECRET"],
      ["s3_session_token", "SESSION_TOKEN"],
      ["s3_region", "REGION"],
      ["s3_endpoint", "ENDPOINT"],
      ["s3_url_style", "URL_STYLE"],
      ["s3_use_ssl", "USE_SSL"],
      ["s3_url_compatibility_mode", "URL_COMPATIBILITY_MODE"],
    ]),
  },
  {
    type: "azure",
    pattern: /^azure_(?:storage_connection_string|account_name)$/,
    parameters: new Map([
      ["azure_storage_connection_string", "CONNECTION_STRING"],
    ]),
  },
  {
    type: "http",
    pattern: /^http_proxy/,
    parameters: new Map([
      ["http_proxy", "HTTP_PROXY"],
      ["http_proxy_username", "HTTP_PROXY_USERNAME"],
      ["http_proxy_password", "HTTP_PROXY_PASSWORD"],
    ]),
  },
];

/** One `SET name = 'value'` of DuckDB. */
interface Setting {
  readonly statement: Statement;
  readonly name: string;
  /** Null for an expression. */
  readonly value: string | null;
}

/**
 * `SET s3_secret_access_key = 'x'` and the settings around it become one `CREATE SECRET` in the place of the last of
 * them. Null where something stands in between, which would run without what it needs.
 */
export function fixSetting(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const statements = splitStatements(text, lexTolerantly(text));
  const family = familyOf(statements, candidate);
  if (family === undefined) {
    return null;
  }
  const found = statements.flatMap((each, index) => {
    const setting = readSetting(each);
    return setting !== null && family.pattern.test(setting.name)
      ? [{ ...setting, index }]
      : [];
  });
  const last = found.at(-1);
  const isOneGroup = found.every(
    ({ index }, at) => index === (found[0]?.index ?? 0) + at,
  );
  const isKnown = found.every(
    ({ name: each, value }) => value !== null && family.parameters.has(each),
  );
  if (last === undefined || !isOneGroup || !isKnown) {
    return null;
  }
  const env: EnvEntry[] = [];
  const names = new Set(taken);
  // The last value of a setting is the one that holds.
  const values = new Map(found.map((each) => [each.name, each.value ?? ""]));
  proxyParts(values.get("http_proxy") ?? "").forEach(([setting, value]) =>
    values.set(setting, value),
  );
  const lines = [...values].map(([setting, value]) => {
    const parameter = family.parameters.get(setting) ?? "";
    if (!isCredential(setting, value)) {
      return `${parameter} ${quoteLiteral(value)}`;
    }
    const variable = envName([setting], names);
    names.add(variable);
    env.push({ name: variable, value });
    return `${parameter} getenv('${variable}')`;
  });
  const newText = createSecret(
    identifierText(`${family.type}_settings`),
    [`TYPE ${family.type}`, ...lines],
    lineBreak(text),
  );
  const edits = found.map(({ statement }): OffsetEdit =>
    statement === last.statement
      ? { range: { start: statement.start, end: statement.end }, newText }
      : { range: withSemicolon(text, statement), newText: "" },
  );
  return { title: getenvTitle, edits, env };
}

/** The settings that a proxy's URL with a user and a password stands for; none for another text. */
function proxyParts(url: string): readonly (readonly [string, string])[] {
  const found = /^(\w+:\/\/)([^/?#@]*):([^/?#]*)@([^@]*)$/.exec(url);
  const [, scheme = "", user = "", password = "", rest = ""] = found ?? [];
  return found === null
    ? []
    : [
        ["http_proxy", scheme + rest],
        ["http_proxy_username", user],
        ["http_proxy_password", password],
      ];
}

/** The family of the setting that a credential stands in. */
function familyOf(
  statements: readonly Statement[],
  { range }: Candidate,
): Family | undefined {
  const own = statements.find(
    ({ start, end }) => start <= range.start && range.end <= end,
  );
  const name = own === undefined ? undefined : readSetting(own)?.name;
  return families.find(
    ({ parameters }) => name !== undefined && parameters.has(name),
  );
}

function isCredential(setting: string, value: string): boolean {
  const kind = classifyValue(value, { key: setting, language: "sql" });
  return (
    (isCredentialName(setting) &&
      (kind === "literal" || kind === "weakDefault")) ||
    (setting === "azure_storage_connection_string" && value !== "")
  );
}

function readSetting(statement: Statement): Setting | null {
  const { text } = statement;
  const tokens = lexTolerantly(text).filter(({ kind }) => kind !== "comment");
  const words = tokens.map(({ start, end }) =>
    text.slice(start, end).toLowerCase(),
  );
  if (words[0] !== "set") {
    return null;
  }
  const at = /^(?:global|session|local)$/.test(words[1] ?? "") ? 2 : 1;
  const token = tokens[at + 2];
  const isLiteral =
    tokens.length === at + 3 &&
    token !== undefined &&
    /^(?:string|escapeString|dollarString|word|number)$/.test(token.kind);
  return {
    statement,
    name: words[at] ?? "",
    value: isLiteral ? tokenValue(text, token) : null,
  };
}

/** A statement with what ends it and its line, when nothing else is on that. */
export function withSemicolon(
  text: string,
  { start, end }: OffsetRange,
): { start: number; end: number } {
  const rest = /^\s*;?[ \t]*(?:\r?\n)?/.exec(text.slice(end))?.[0] ?? "";
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const isFirst = text.slice(lineStart, start).trim() === "";
  const hasEnd = rest.endsWith("\n");
  return {
    start: isFirst && hasEnd ? lineStart : start,
    end: end + (isFirst || !hasEnd ? rest.length : rest.trimEnd().length),
  };
}
