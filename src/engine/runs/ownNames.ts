import { isOwnCatalog } from "../../core/connections/alias";
import { viaductError } from "../../core/errors/makeError";
import { lex } from "../../core/sql/lexer";
import { changedSecrets, detachedDatabase } from "../../core/sql/namedObjects";
import { tokenValue } from "../../core/sql/tokenText";
import type { Attachments } from "../attachments/attachments";
import { secretName, secretPrefix } from "../attachments/scanner";

/** Throws for a statement that takes what Viaduct has made, under its name, for something else. */
export function refuseOwnNames(sql: string, attachments: Attachments): void {
  refuseRenaming(sql, attachments);
  refuseSecrets(sql, attachments);
  const detached = detachedDatabase(sql);
  if (detached !== undefined && isOwnCatalog(detached)) {
    throw viaductError(
      "aliasInvalid",
      `"${detached}" is a database that Viaduct itself needs: it stays.`,
      { hint: "Detach one of your own databases.", actions: [] },
    );
  }
}

/** Under another name it would not be known any more. */
function refuseRenaming(sql: string, attachments: Attachments): void {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const values = tokens.map((token) => tokenValue(sql, token));
  const [alter = "", database = ""] = values;
  const isRenaming =
    alter.toUpperCase() === "ALTER" && database.toUpperCase() === "DATABASE";
  const named = values.find((value) => attachments.get(value) !== undefined);
  if (isRenaming && named !== undefined) {
    throw viaductError(
      "aliasInvalid",
      `"${named}" is attached by Viaduct and keeps its alias: detach it and attach it under the other one.`,
    );
  }
}

/** An attachment that has lost its secret, or has got another's, does not find its server any more. */
function refuseSecrets(sql: string, attachments: Attachments): void {
  for (const { verb, name } of changedSecrets(sql)) {
    const key = name.toLowerCase();
    const owner = attachments.all.find(
      ({ spec }) => secretName(spec.alias).toLowerCase() === key,
    );
    if (owner !== undefined) {
      throw viaductError(
        "aliasInvalid",
        `The secret "${name}" is Viaduct's: "${owner.spec.alias}" is attached with it.`,
        {
          hint:
            verb === "DROP"
              ? `Detach "${owner.spec.alias}", and its secret goes with it.`
              : "Give your secret another name; to connect with other values, edit the attachment.",
          actions: verb === "DROP" ? [] : ["editAttachment"],
        },
      );
    }
    if (verb === "CREATE" && key.startsWith(secretPrefix)) {
      throw viaductError(
        "aliasInvalid",
        `Secrets whose names begin with ${secretPrefix} are Viaduct's own: an attachment would replace "${name}".`,
        { hint: "Give your secret another name.", actions: [] },
      );
    }
  }
}
