import { createSecret } from "../../connections/secretStatement";
import { identifierText } from "../../sql/identifierText";
import { quoteLiteral } from "../../sql/quote";
import { tokenValue } from "../../sql/tokenText";
import type { Candidate, OffsetRange } from "../finding";
import { attachTitle } from "./fixAttach";
import { envName, lineBreak, type OffsetFixPlan } from "./fixPlan";
import { freeSecretName } from "./secretFrom";
import {
  isString,
  partValue,
  plainAt,
  sqlPlaceOf,
  type SqlPlace,
} from "./sqlPlace";

/** Options of an ATTACH that say who it is, by its type: they go to the secret together. */
const loginOptions: ReadonlyMap<string, RegExp> = new Map([
  ["quack", /^token$/],
  ["iceberg", /^(?:token|client_id|client_secret|oauth2_\w+)$/],
]);

/** One option of an ATTACH: `TOKEN 'x'`. */
interface AttachOption extends OffsetRange {
  readonly name: string;
  /** Its value as it is written. */
  readonly value: string;
  /** Index of its last token. */
  readonly last: number;
}

/**
 * `ATTACH 'quack:h' AS r (TOKEN 'x')` becomes a secret for `quack:h`, and an Iceberg catalog one by a secret's name. Null
 * for any other statement.
 */
export function fixCatalogToken(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, candidate.range);
  const options = place === null ? [] : optionsOf(place);
  const source = place?.tokens.find(isString);
  if (place?.isWhole !== true || source === undefined) {
    return null;
  }
  const path = tokenValue(text, source);
  const alias = aliasOf(place);
  const type =
    options.find(({ name }) => name === "type")?.value.toLowerCase() ??
    /^quack(?=:)/i.exec(path)?.[0].toLowerCase() ??
    "";
  const moved = options.filter(
    ({ name }) => loginOptions.get(type)?.test(name) === true,
  );
  const own = moved.find(({ last }) => last === place.index);
  if (own === undefined || alias === "" || !isComplete(own, moved)) {
    return null;
  }
  const variable = envName([alias, own.name], taken);
  const secret = identifierText(freeSecretName(text, alias));
  const lines = [
    `TYPE ${type}`,
    ...moved.map(
      (each) =>
        `${each.name.toUpperCase()} ${each === own ? `getenv(${quoteLiteral(variable)})` : each.value}`,
    ),
    // A server is not asked for by the secret's name.
    ...(type === "quack" ? [`SCOPE ${quoteLiteral(path)}`] : []),
  ];
  const newline = lineBreak(text);
  const left = [
    ...options
      .filter((each) => !moved.includes(each))
      .map(({ start, end }) => text.slice(start, end)),
    ...(type === "iceberg" ? [`SECRET ${secret}`] : []),
  ];
  const { start } = place.statement;
  return {
    title: attachTitle,
    edits: [
      {
        range: { start, end: start },
        newText: `${createSecret(secret, lines, newline)};${newline}`,
      },
      {
        range: bracketsOf(place),
        newText: left.length === 0 ? "" : ` (${left.join(", ")})`,
      },
    ],
    env: [{ name: variable, value: partValue(place, candidate.range) }],
  };
}

/** The catalog tells where its tokens are given out when no option does; a secret has nobody to ask. */
function isComplete(
  own: AttachOption,
  moved: readonly AttachOption[],
): boolean {
  return (
    own.name !== "client_secret" ||
    moved.some(({ name }) => name === "oauth2_server_uri")
  );
}

/** The options in brackets of an ATTACH; none for another statement, or one that cannot be read. */
function optionsOf(place: SqlPlace): readonly AttachOption[] {
  const { text, tokens } = place;
  const open = tokens.findIndex((_, index) => plainAt(place, index) === "(");
  if (
    plainAt(place, 0) !== "attach" ||
    open < 0 ||
    plainAt(place, tokens.length - 1) !== ")"
  ) {
    return [];
  }
  const options: AttachOption[] = [];
  for (let first = open + 1; first < tokens.length - 1;) {
    let next = first;
    while (!/^[,()]$/.test(plainAt(place, next))) {
      next++;
    }
    const [head, second, end] = [
      tokens[first],
      tokens[first + 1],
      tokens[next - 1],
    ];
    // An expression in brackets is more than a value.
    if (
      head === undefined ||
      end === undefined ||
      plainAt(place, next) === "("
    ) {
      return [];
    }
    options.push({
      name: plainAt(place, first),
      value:
        second === undefined || next - 1 === first
          ? ""
          : text.slice(second.start, end.end),
      start: head.start,
      end: end.end,
      last: next - 1,
    });
    first = next + 1;
  }
  return options;
}

/** The brackets with the blanks before them. */
function bracketsOf(place: SqlPlace): OffsetRange {
  const { text, tokens } = place;
  const open = tokens.findIndex((_, index) => plainAt(place, index) === "(");
  const { start = 0 } = tokens[open] ?? {};
  const { end = 0 } = tokens.at(-1) ?? {};
  const blanks = /\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return { start: start - blanks, end };
}

function aliasOf(place: SqlPlace): string {
  const as = place.tokens.findIndex((_, at) => plainAt(place, at) === "as");
  const name = as < 0 ? undefined : place.tokens[as + 1];
  return name === undefined ? "" : tokenValue(place.text, name);
}
