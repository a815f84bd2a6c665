import { identifierText } from "../sql/identifierText";
import { quoteLiteral } from "../sql/quote";

/** What a CREATE SECRET is to be written from: names only, so that it can be made where no value is known. */
export interface SecretNames {
  /** Name of the secret. */
  readonly secret: string;
  /** Name that the database is attached under. */
  readonly alias: string;
  /** What the variables' names begin with, such as `POSTGRES_`. */
  readonly prefix: string;
  /** Every variable that the env file has. */
  readonly variables: readonly string[];
}

/** A parameter of DuckDB's postgres secret, and the endings under which a variable for it is found, the usual first. */
const parameters: readonly (readonly [string, readonly string[]])[] = [
  ["HOST", ["HOST", "HOSTNAME"]],
  ["PORT", ["PORT"]],
  ["DATABASE", ["DATABASE", "DB", "DBNAME", "NAME"]],
  ["USER", ["USER", "USERNAME"]],
  ["PASSWORD", ["PASSWORD", "PASS"]],
  ["SSLMODE", ["SSLMODE"]],
  ["SSLROOTCERT", ["SSLROOTCERT"]],
  ["SSLCERT", ["SSLCERT"]],
  ["SSLKEY", ["SSLKEY"]],
];

/** A port is written as the patterns guide does. DuckDB takes text as well. */
const casts: Readonly<Record<string, string>> = { PORT: "::INT" };

/**
 * `CREATE OR REPLACE SECRET … (… getenv('…') …)` and the `ATTACH` that uses it, from the variables that exist; null
 * when they name neither a host, a database nor a URL. Without a host a URL stands for all of it: DuckDB takes no other
 * parameter beside URI.
 */
export function secretStatements(names: SecretNames): string | null {
  const given = parametersOf(names);
  if (given === null) {
    return null;
  }
  const secret = identifierText(names.secret);
  return [
    ...given.remarks.map((remark) => `-- ${remark}`),
    `${createSecret(secret, ["TYPE POSTGRES", ...given.lines])};`,
    "",
    `ATTACH '' AS ${identifierText(names.alias)} (TYPE POSTGRES, SECRET ${secret});`,
    "",
  ].join("\n");
}

/** `CREATE OR REPLACE SECRET` with a parameter on each line, without a semicolon; `secret` is quoted already. */
export function createSecret(
  secret: string,
  parameters: readonly string[],
  newline = "\n",
): string {
  const lines = parameters.map((each) => `    ${each}`).join(`,${newline}`);
  return `CREATE OR REPLACE SECRET ${secret} (${newline}${lines}${newline})`;
}

interface Parameters {
  readonly lines: readonly string[];
  readonly remarks: readonly string[];
}

function parametersOf({ prefix, variables }: SecretNames): Parameters | null {
  const known = new Set(variables);
  const found = parameters.flatMap(([parameter, endings]) => {
    const ending = endings.find((candidate) => known.has(prefix + candidate));
    return ending === undefined
      ? []
      : [{ parameter, variable: prefix + ending }];
  });
  const has = (parameter: string): boolean =>
    found.some((entry) => entry.parameter === parameter);
  const url = [`${prefix}URL`, "DATABASE_URL"].find((name) => known.has(name));
  if (url !== undefined && !(has("HOST") && has("DATABASE"))) {
    const unused = found.map(({ variable }) => variable);
    return {
      lines: [`URI ${getenv(url)}`],
      remarks:
        unused.length === 0
          ? []
          : [`Not used, because a URI stands alone: ${unused.join(", ")}.`],
    };
  }
  if (!has("HOST") && !has("DATABASE")) {
    return null;
  }
  return {
    lines: found.map(
      ({ parameter, variable }) =>
        `${parameter} ${getenv(variable)}${casts[parameter] ?? ""}`,
    ),
    remarks: has("SSLMODE")
      ? []
      : [
          "For a server on another machine add: SSLMODE 'verify-full', SSLROOTCERT 'system'.",
        ],
  };
}

function getenv(variable: string): string {
  return `getenv(${quoteLiteral(variable)})`;
}
