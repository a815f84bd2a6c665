import { identifierText } from "../../sql/identifierText";
import { quoteLiteral } from "../../sql/quote";
import { tokenValue } from "../../sql/tokenText";
import type { OffsetRange } from "../finding";
import { connectionParts } from "./connectionParts";
import { attachTitle } from "./fixAttach";
import { envName, lineBreak, type OffsetFixPlan } from "./fixPlan";
import { secretStatement } from "./secretFrom";
import { isString, plainAt, sqlPlaceOf, type SqlPlace } from "./sqlPlace";

/**
 * `postgres_scan('host=h password=x', 's', 't')` becomes a database attached with a secret, and its table `db.s.t`;
 * `postgres_query('host=h password=x', 'q')` takes the database's name. Null for any other call.
 */
export function fixScan(
  text: string,
  range: OffsetRange,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, range);
  const call = place === null ? "" : plainAt(place, place.index - 2);
  if (place === null || plainAt(place, place.index - 1) !== "(") {
    return null;
  }
  const parts = connectionParts(tokenValue(text, place.token));
  const password = parts?.get("password");
  if (parts === null || password === undefined) {
    return null;
  }
  const alias = freeAlias(text, parts.get("dbname") ?? "postgres");
  const use = useOf(place, call, identifierText(alias), alias);
  if (use === null) {
    return null;
  }
  const variable = envName([alias, "password"], taken);
  const secret = secretStatement(text, {
    alias,
    parts,
    type: "postgres",
    variable,
  });
  const newline = lineBreak(text);
  const attach = `ATTACH '' AS ${identifierText(alias)} (TYPE postgres, READ_ONLY, SECRET ${secret.name});`;
  const { start } = place.statement;
  return {
    title: attachTitle,
    edits: [
      {
        range: { start, end: start },
        newText: secret.sql + newline + attach + newline,
      },
      use,
    ],
    env: [{ name: variable, value: password }],
  };
}

function useOf(
  place: SqlPlace,
  call: string,
  database: string,
  alias: string,
): { readonly range: OffsetRange; readonly newText: string } | null {
  const { index, text, token, tokens } = place;
  if (call === "postgres_query") {
    const range = { start: token.start, end: token.end };
    return { range, newText: quoteLiteral(alias) };
  }
  const [first, schema, table, close] = [
    tokens[index - 2],
    tokens[index + 2],
    tokens[index + 4],
    tokens[index + 5],
  ];
  const isScan =
    /^postgres_scan(?:_pushdown)?$/.test(call) &&
    isString(schema) &&
    isString(table) &&
    plainAt(place, index + 5) === ")";
  if (
    !isScan ||
    first === undefined ||
    schema === undefined ||
    table === undefined ||
    close === undefined
  ) {
    return null;
  }
  const names = [schema, table].map((each) =>
    identifierText(tokenValue(text, each)),
  );
  return {
    range: { start: first.start, end: close.end },
    newText: [database, ...names].join("."),
  };
}

function freeAlias(text: string, wish: string): string {
  const isTaken = (name: string): boolean =>
    new RegExp(
      `\\bas\\s+"?${name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\b`,
      "i",
    ).test(text);
  let free = wish;
  for (let number = 2; isTaken(free); number++) {
    free = `${wish}_${number}`;
  }
  return free;
}
