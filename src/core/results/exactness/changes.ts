import { quoteIdentifier } from "../../sql/quote";
import type {
  Reading,
  ServerColumn,
  ServerType,
  ServerTypes,
} from "./serverTypes";

/** What DuckDB's scanner does to the values of a column on the way (measured: test/engine/exactness/matrix.test.ts). */
export interface Change {
  /** `numeric(10,2)`: what the column is on the server. */
  readonly type: string;
  /** What happens, as the end of a sentence that begins with the column. */
  readonly what: string;
  /** True where every value is concerned; false where only those are that `risk` finds. */
  readonly always: boolean;
  /** SQL for the server, over an expression: true for a value that does not arrive as it is. */
  readonly risk: ((value: string) => string) | null;
  /** True where the text stays as it is, and only its type is lost: what is computed from it is as exact as before. */
  readonly isText: boolean;
}

interface Rule {
  readonly what: string;
  readonly risk?: (value: string) => string;
  readonly isText?: true;
}

const asDouble =
  "DuckDB reads it as DOUBLE, which keeps about 15 digits and turns NaN and infinities into 0";

const outOfRange: Rule = {
  what: "DuckDB's timestamps end at 294247-01-10 04:00:54.775806, and later ones come out as other dates",
  risk: (value) =>
    `isfinite(${value}) AND ${value} >= '294247-01-10 00:00:00+00'`,
};

/** With a zone, DuckDB's text is made of milliseconds as a double, which has 53 bits of them. */
const zonedOutOfRange: Rule = {
  what: `${outOfRange.what}; those after 287396-10-12 are shown up to a millisecond off`,
  risk: (value) =>
    `isfinite(${value}) AND ${value} >= '287396-10-12 08:59:00.992+00'`,
};

const jsonAsText: Rule = {
  what: "DuckDB reads it as text (VARCHAR), not as JSON: cast it to JSON to look into it",
  isText: true,
};

/** What the scanner changes, by PostgreSQL's own names; `numeric` depends on its modifier and is not here. */
const rules: ReadonlyMap<string, Rule> = new Map([
  ["json", jsonAsText],
  ["jsonb", jsonAsText],
  ["timestamp", outOfRange],
  ["timestamptz", zonedOutOfRange],
  [
    "interval",
    {
      what: "DuckDB has no infinite intervals, and they come out as a number of years",
      risk: (value) => `NOT isfinite(${value})`,
    },
  ],
  [
    "timetz",
    {
      what: "DuckDB writes an offset with seconds and no minutes as if the seconds were minutes",
      risk: (value) =>
        `extract(timezone from ${value})::int % 60 <> 0 AND extract(timezone from ${value})::int / 60 % 60 = 0`,
    },
  ],
  [
    "bpchar",
    {
      what: "the blanks at its end are not in DuckDB's text",
      risk: (value) => `octet_length(${value}) <> octet_length(${value}::text)`,
    },
  ],
  [
    "char",
    {
      what: "an empty value comes out as a NUL character",
      risk: (value) => `${value}::text = ''`,
    },
  ],
  [
    "path",
    { what: "DuckDB reads its points only, not whether it is open or closed" },
  ],
]);

/** The rule for `numeric`, whose modifier has the precision and the scale. */
function numericRule(modifier: number): Rule {
  if (modifier < 4) {
    return { what: asDouble };
  }
  const { precision, scale } = numericModifier(modifier);
  if (scale < 0 || scale > 38) {
    return { what: "DuckDB reads it with a wrong scale" };
  }
  return precision > 38
    ? { what: asDouble }
    : {
        what: "DuckDB reads NaN as 0",
        risk: (value) => `${value} = 'NaN'`,
      };
}

/** What is changed of a column; null for a column that arrives as it is. */
export function changeOf(
  column: ServerColumn,
  types: ServerTypes,
  reading: Reading,
): Change | null {
  const type = types.get(column.type);
  if (type === undefined) {
    return null;
  }
  const found = changeIn(type, column.modifier, types, reading);
  return found === null
    ? null
    : {
        type: typeName(type, column.modifier, types),
        what: found.what,
        always: found.risk === undefined,
        risk: found.risk ?? null,
        isText: found.isText === true,
      };
}

function changeIn(
  type: ServerType,
  modifier: number,
  types: ServerTypes,
  reading: Reading,
): Rule | null {
  if (type.kind === "d") {
    // Of a relation, the scanner asks for a domain's text.
    const base = types.get(type.base);
    return reading === "relation" || base === undefined
      ? null
      : changeIn(base, type.baseModifier, types, reading);
  }
  if (type.kind === "c") {
    return reading === "query" ? null : changeInMembers(type, types);
  }
  if (type.element > 0 && type.name.startsWith("_")) {
    const element = types.get(type.element);
    return element === undefined
      ? null
      : changeInArray(element, modifier, types, reading);
  }
  if (type.kind !== "b") {
    return null;
  }
  return type.name === "numeric"
    ? numericRule(modifier)
    : (rules.get(type.name) ?? null);
}

/** Lower bounds are not kept either; an array of more or fewer dimensions than declared is an error. */
function changeInArray(
  element: ServerType,
  modifier: number,
  types: ServerTypes,
  reading: Reading,
): Rule | null {
  if (reading === "query" && !plainElements.has(element.name)) {
    return null;
  }
  const bounds = (value: string): string => `${value}::text LIKE '[%'`;
  const lost = "DuckDB's lists begin at 1, whatever the array's lower bounds";
  const inside = changeIn(element, modifier, types, reading);
  if (inside === null || element.kind === "d") {
    return { what: lost, risk: bounds };
  }
  const { risk } = inside;
  if (risk === undefined && inside.isText !== true) {
    return { what: `of its elements, ${inside.what}` };
  }
  return {
    what: `${lost}${inside.isText === true ? "" : `, and of its elements, ${inside.what}`}`,
    risk: (value) =>
      risk === undefined
        ? bounds(value)
        : `${bounds(value)} OR EXISTS (SELECT FROM (SELECT unnest(${value}) AS v) e WHERE ${risk("e.v")})`,
  };
}

/** A member has no precision in DuckDB: every numeric in a composite type is a DOUBLE (measured). */
function changeInMembers(type: ServerType, types: ServerTypes): Rule | null {
  const found = type.members.flatMap((member) => {
    const memberType = types.get(member.type);
    const rule =
      memberType === undefined
        ? null
        : changeIn(memberType, -1, types, "relation");
    return rule === null || rule.isText === true ? [] : [{ member, rule }];
  });
  const always = found.find(({ rule }) => rule.risk === undefined);
  if (always !== undefined) {
    return {
      what: `of its member "${always.member.name}", ${always.rule.what}`,
    };
  }
  const [first] = found;
  return first === undefined
    ? null
    : {
        what: `of its member "${first.member.name}", ${first.rule.what}`,
        risk: (value) =>
          found
            .map(
              ({ member, rule }) =>
                rule.risk?.(`(${value}).${quoteIdentifier(member.name)}`) ??
                "false",
            )
            .map((one) => `(${one})`)
            .join(" OR "),
      };
}

/** Elements of which `postgres_query` makes a list; arrays of others come as the server's text (measured). */
const plainElements: ReadonlySet<string> = new Set([
  ..."bool int2 int4 int8 float4 float8 numeric char bpchar varchar text".split(
    " ",
  ),
  ..."json jsonb date time timetz timestamp timestamptz interval uuid".split(
    " ",
  ),
]);

function numericModifier(modifier: number): {
  readonly precision: number;
  readonly scale: number;
} {
  const bits = modifier - 4;
  // The scale has 11 bits and a sign.
  return {
    precision: (bits >> 16) & 0xffff,
    scale: ((bits & 0x7ff) ^ 0x400) - 0x400,
  };
}

function typeName(
  type: ServerType,
  modifier: number,
  types: ServerTypes,
): string {
  const element = types.get(type.element);
  if (type.name.startsWith("_") && element !== undefined) {
    return `${typeName(element, modifier, types)}[]`;
  }
  if (type.name === "numeric" && modifier >= 4) {
    const { precision, scale } = numericModifier(modifier);
    return `numeric(${precision},${scale})`;
  }
  return spoken.get(type.name) ?? type.name;
}

const spoken: ReadonlyMap<string, string> = new Map([
  ["numeric", "numeric without a precision"],
  ["timestamptz", "timestamp with time zone"],
  ["timetz", "time with time zone"],
  ["bpchar", "character"],
  ["char", '"char"'],
]);
