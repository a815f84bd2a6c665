import type { ConnectionSettings } from "./connectionSettings";
import { isConnectionText, parseConnection } from "./connectionText";
import { libpqKeywords, libpqVariable } from "./libpqOptions";

/** Variables that libpq sends to the server as settings of the session. */
const sessionVariables = [
  ["PGDATESTYLE", "datestyle"],
  ["PGTZ", "timezone"],
  ["PGGEQO", "geqo"],
] as const;

/** What libpq would take from an environment. An empty variable counts as one that is not there. */
export function environmentSettings(
  environment: Readonly<Record<string, string | undefined>>,
): ConnectionSettings {
  const values = new Map<string, string>();
  for (const keyword of libpqKeywords) {
    const variable = libpqVariable(keyword);
    const value = variable === "" ? undefined : environment[variable];
    if (value === undefined || value === "") {
      continue;
    }
    if (keyword === "dbname" && isConnectionText(value)) {
      parseConnection(value, blame(keyword)).forEach((its, one) =>
        values.set(one, its),
      );
    } else {
      values.set(keyword, value);
    }
  }
  // The obsolete variable that libpq still knows.
  if (!values.has("sslmode") && environment["PGREQUIRESSL"] === "1") {
    values.set("sslmode", "require");
  }
  const session = sessionVariables.flatMap(([variable, setting]) => {
    const value = environment[variable] ?? "";
    return value === ""
      ? []
      : [`-c ${setting}=${value.replace(/[\\\s]/g, "\\$&")}`];
  });
  if (session.length > 0) {
    values.set(
      "options",
      [values.get("options") ?? "", ...session].join(" ").trim(),
    );
  }
  return { values, blame };
}

function blame(keyword: string): ReturnType<ConnectionSettings["blame"]> {
  const variable = libpqVariable(keyword);
  return {
    errorClass: "connectionInvalid",
    subject: `The variable ${variable === "" ? "PGDATABASE" : variable} of the environment`,
  };
}
