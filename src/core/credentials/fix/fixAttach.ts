import { identifierText } from "../../sql/identifierText";
import { quoteLiteral } from "../../sql/quote";
import { lexTolerantly } from "../../sql/lexer";
import { splitStatements } from "../../sql/statements";
import { tokenValue } from "../../sql/tokenText";
import type { OffsetRange } from "../finding";
import { readAttach } from "./attachStatement";
import { connectionParts } from "./connectionParts";
import { envName, lineBreak, type OffsetFixPlan } from "./fixPlan";
import { secretStatement } from "./secretFrom";

/** Title of a fix that ends in a secret with `getenv()`, which other clients than these two do not have. */
export const attachTitle =
  "Move to .env, attach with a secret (Viaduct, DuckDB CLI)";

/**
 * `ATTACH 'postgresql://user:pass@h/db' AS a (TYPE postgres)` becomes a secret and `ATTACH '' AS a (TYPE postgres,
 * SECRET a_connection)`; MySQL's likewise, and the catalog of a DuckLake by `META_SECRET`. Null when the credential at
 * `range` is in no such statement.
 */
export function fixAttach(
  text: string,
  range: OffsetRange,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const statement = splitStatements(text, lexTolerantly(text)).find(
    (each) => each.start <= range.start && range.end <= each.end,
  );
  const attach =
    statement === undefined ? null : readAttach(text, statement, range);
  if (statement === undefined || attach === null) {
    return null;
  }
  const { type, left } = attach.target;
  const source = tokenValue(text, attach.source);
  const parts = connectionParts(source.replace(/^ducklake:/i, ""), type);
  const password = parts?.get("password");
  if (parts === null || password === undefined || /\$\{|\{\{/.test(source)) {
    return null;
  }
  const alias = attach.alias ?? parts.get("dbname") ?? "postgres";
  const variable = envName([alias, "password"], taken);
  const secret = secretStatement(text, { alias, parts, type, variable });
  return {
    title: attachTitle,
    edits: [
      {
        range: { start: statement.start, end: statement.start },
        newText: secret.sql + lineBreak(text),
      },
      {
        range: attach.source,
        // Without a name in the source there is none to take the catalog's from.
        newText:
          quoteLiteral(left) +
          (attach.alias === null ? ` AS ${identifierText(alias)}` : ""),
      },
      attach.options(secret.name),
    ],
    env: [{ name: variable, value: password }],
  };
}
