import { lexTolerantly } from "../../sql/lexer";
import { splitStatements } from "../../sql/statements";
import { tokenValue } from "../../sql/tokenText";
import type { OffsetRange } from "../finding";
import { readAttach, type Attach } from "./attachStatement";
import { connectionParts } from "./connectionParts";
import type { OffsetEdit } from "./fixPlan";

/** An ATTACH as an attachment of Viaduct, which has no statement. */
export interface OffsetAttachmentPlan {
  readonly alias: string;
  /** As libpq reads it, without the password. */
  readonly connection: string;
  readonly password: string;
  readonly readOnly: boolean;
  /** The only schemas that were attached; empty for all. */
  readonly schemas: readonly string[];
  readonly edits: readonly OffsetEdit[];
}

/** The ATTACH with the credential at `range` as an attachment; null where it says what an attachment does not. */
export function attachmentPlan(
  text: string,
  range: OffsetRange,
): OffsetAttachmentPlan | null {
  const statement = splitStatements(text, lexTolerantly(text)).find(
    (each) => each.start <= range.start && range.end <= each.end,
  );
  const attach =
    statement === undefined ? null : readAttach(text, statement, range);
  if (statement === undefined || attach?.target.type !== "postgres") {
    return null;
  }
  const source = tokenValue(text, attach.source);
  const parts = connectionParts(source);
  const password = parts?.get("password");
  const alias = attach.alias ?? parts?.get("dbname") ?? "";
  const options = optionsOf(attach);
  if (
    parts === null ||
    password === undefined ||
    parts.has("sslpassword") ||
    options === null ||
    !/^[\w ]+$/.test(alias) ||
    attach.target.left !== "" ||
    /\$\{|\{\{/.test(source)
  ) {
    return null;
  }
  return {
    alias,
    connection: [...parts]
      .filter(([key]) => key !== "password")
      .map(([key, value]) => `${key}=${conninfoValue(value)}`)
      .join(" "),
    password,
    ...options,
    edits: [replaced(text, statement, `${alias} is attached by Viaduct`)],
  };
}

function conninfoValue(value: string): string {
  return /^[\w./:@,-]+$/.test(value)
    ? value
    : `'${value.replaceAll(/['\\]/g, "\\$&")}'`;
}

/** What the options in brackets say; null for one that an attachment does not have. */
function optionsOf({
  rest,
}: Attach): Pick<OffsetAttachmentPlan, "readOnly" | "schemas"> | null {
  const bare = rest.join(" ").replace(/^\(| ?\)$/g, "");
  const schemas: string[] = [];
  let readOnly = false;
  for (const option of bare.split(",").map((each) => each.trim())) {
    const schema = /^schema '([\w$]+)'$/i.exec(option)?.[1];
    if (/^read_only(?: true)?$/i.test(option)) {
      readOnly = true;
    } else if (schema !== undefined) {
      schemas.push(schema);
    } else if (
      !/^(?:|read_write|type '?postgres(?:_scanner)?'?)$/i.test(option)
    ) {
      return null;
    }
  }
  return { readOnly, schemas };
}

/** A comment in the place of a statement and its semicolon. */
function replaced(
  text: string,
  { start, end }: OffsetRange,
  comment: string,
): OffsetEdit {
  const rest = /^\s*;/.exec(text.slice(end))?.[0].length ?? 0;
  const isLast = /^[ \t]*\r?(?:\n|$)/.test(text.slice(end + rest));
  return {
    range: { start, end: end + rest },
    newText: isLast ? `-- ${comment}` : `/* ${comment} */`,
  };
}
