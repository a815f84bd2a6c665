import { contentRange } from "../../sql/tokenText";
import type { Candidate } from "../finding";
import { envName, type OffsetEdit, type OffsetFixPlan } from "./fixPlan";
import {
  isString,
  partValue,
  plainAt,
  sqlPlaceOf,
  type SqlPlace,
} from "./sqlPlace";

/** Title of a fix that ends in DuckDB's `getenv()`, which other clients than these two do not have. */
export const getenvTitle =
  "Move to .env, read by getenv() in Viaduct and DuckDB CLI";

/**
 * `PASSWORD 'x'` in CREATE SECRET becomes `PASSWORD getenv('NAME')`, and so does a whole connection string that has the
 * credential in it. Null in any other statement.
 */
export function fixSecret(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, candidate.range);
  if (place === null || !isString(place.token) || secretAt(place) < 0) {
    return null;
  }
  const before = plainAt(place, place.index - 1);
  if (before === ":") {
    return fixHeader(place, candidate, taken);
  }
  const isAssigned = before === "=" || before === ":=";
  const option = plainAt(place, place.index - (isAssigned ? 2 : 1));
  // The path of a catalog is shown to everyone, by whatever way it came there.
  if (!/^[a-z_]+$/.test(option) || option === "metadata_path") {
    return null;
  }
  const { token } = place;
  const name = envName([ownerOf(place, candidate), option], taken);
  return {
    title: getenvTitle,
    edits: [
      ...temporary(place),
      {
        range: { start: token.start, end: token.end },
        newText: `getenv('${name}')`,
      },
    ],
    env: [{ name, value: partValue(place, contentRange(text, token)) }],
  };
}

/** Index of the word SECRET in a CREATE SECRET; negative in any other statement. */
function secretAt(place: SqlPlace): number {
  const at = place.tokens.findIndex(
    (_, index) =>
      index > 0 &&
      !/^(?:or|replace|temp|temporary|persistent)$/.test(plainAt(place, index)),
  );
  return plainAt(place, 0) === "create" && plainAt(place, at) === "secret"
    ? at
    : -1;
}

/** The secret's name, or its type where it has none. */
function ownerOf(place: SqlPlace, { subject = "" }: Candidate): string {
  if (subject !== "") {
    return subject;
  }
  const at = secretAt(place) + 1;
  const name = plainAt(place, at);
  if (/^\w+$/.test(name) && !/^(?:if|in)$/.test(name)) {
    return name;
  }
  const type = place.tokens.findIndex(
    (_, index) => index >= at && plainAt(place, index) === "type",
  );
  return type < 0 ? "" : plainAt(place, type + 1);
}

/** A secret that is kept would be written to the home folder in the clear, getenv() or not. */
function temporary(place: SqlPlace): OffsetEdit[] {
  return place.tokens
    .slice(0, secretAt(place))
    .flatMap(({ start, end }, index) =>
      plainAt(place, index) === "persistent"
        ? [{ range: { start, end }, newText: "TEMPORARY" }]
        : [],
    );
}

/**
 * `EXTRA_HTTP_HEADERS MAP {'Authorization': 'Bearer x'}` becomes `BEARER_TOKEN getenv('NAME')`, other headers stay: DuckDB
 * shows the headers to everyone, and hides the token. Null for another header.
 */
function fixHeader(
  place: SqlPlace,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { index, text, token, tokens } = place;
  const content = contentRange(text, token);
  const header = plainAt(place, index - 2);
  const scheme = text.slice(content.start, candidate.range.start);
  const map = tokens.findLastIndex(
    (_, at) => at < index && plainAt(place, at) === "extra_http_headers",
  );
  const first = tokens[map];
  const key = tokens[index - 2];
  const end = tokens[index + 1];
  if (
    header !== "'authorization'" ||
    !/^Bearer\s+$/i.test(scheme) ||
    candidate.range.end !== content.end ||
    first === undefined ||
    key === undefined ||
    end === undefined
  ) {
    return null;
  }
  const name = envName([ownerOf(place, candidate), "bearer_token"], taken);
  const bearer = `BEARER_TOKEN getenv('${name}')`;
  const isFirst = index - 2 === map + 3;
  const isLast = plainAt(place, index + 1) === "}";
  const comma = isLast ? tokens[index - 3] : tokens[index + 2];
  const edits: OffsetEdit[] =
    isFirst && isLast
      ? [{ range: { start: first.start, end: end.end }, newText: bearer }]
      : [
          {
            range: { start: first.start, end: first.start },
            newText: `${bearer}, `,
          },
          {
            range: isLast
              ? { start: comma?.start ?? key.start, end: token.end }
              : { start: key.start, end: comma?.start ?? token.end },
            newText: "",
          },
        ];
  return {
    title: getenvTitle,
    edits: [...temporary(place), ...edits],
    env: [{ name, value: partValue(place, candidate.range) }],
  };
}
