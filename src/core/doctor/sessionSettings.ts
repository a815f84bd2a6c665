import type { AttachmentFacts, ServerSetting } from "./facts";
import { pass, skip, warn, type Verdict } from "./makeCheck";

const timeoutNames: readonly (readonly [string, string])[] = [
  ["statement_timeout", "statement"],
  ["idle_in_transaction_session_timeout", "idle in transaction"],
  ["lock_timeout", "lock"],
];

/** The limits as the server says that they are in force, and where each comes from. */
export function timeouts(
  found: readonly ServerSetting[],
  { asked }: AttachmentFacts,
): Verdict {
  const texts = timeoutNames.map(([name, title]) => {
    const setting = found.find((each) => each.name === name);
    const ms = Number(setting?.value ?? 0);
    const length = ms > 0 ? `${ms / 1000} s` : "none";
    return `${title} ${length}${originText(setting)}`;
  });
  const connect = asked.connectTimeoutSeconds;
  const text = `connect ${connect > 0 ? `${connect} s` : "none"} (Viaduct), ${texts.join(", ")}`;
  const ignored = [
    ["statement_timeout", asked.statementTimeoutSeconds],
    [
      "idle_in_transaction_session_timeout",
      asked.idleInTransactionTimeoutSeconds,
    ],
  ].some(
    ([name, seconds]) =>
      Number(seconds) > 0 &&
      Number(found.find((each) => each.name === name)?.value ?? 0) !==
        Number(seconds) * 1000,
  );
  if (ignored) {
    return warn(
      `The server does not keep the timeouts of the settings: ${text}.`,
      {
        hint: "A connection pool between Viaduct and the server may drop them; set them for the role with ALTER ROLE.",
      },
    );
  }
  return connect > 0
    ? pass(`${text}.`)
    : warn(
        `A server that does not answer is waited for without end: ${text}.`,
        {
          hint: "Set a connect timeout.",
          fixes: ["openSettings"],
        },
      );
}

/** Where a setting comes from, in a user's words. */
function originText(setting: ServerSetting | undefined): string {
  switch (setting?.source) {
    case undefined:
    case "default":
      return "";
    case "client":
      return " (Viaduct)";
    case "user":
    case "database user":
      return " (the role)";
    case "database":
      return " (the database)";
    default:
      return ` (${setting?.source ?? ""})`;
  }
}

/** Whether the server keeps a read-only attachment read-only. */
export function readOnlySession(
  found: readonly ServerSetting[],
  facts: AttachmentFacts,
): Verdict {
  const value = found.find(
    ({ name }) => name === "default_transaction_read_only",
  )?.value;
  if (!facts.readOnly) {
    return skip("The attachment allows writes.");
  }
  return value === "on"
    ? pass("The server opens each of its transactions read-only.")
    : warn("The server does not keep the sessions read-only.", {
        hint: "A connection pool may drop the option; attach with a role that has SELECT only.",
      });
}
