import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { ResultRequests, TableTarget } from "../../protocol/results";
import type { TableArguments } from "../commands/resultTable";
import type { EngineSession } from "../engine/engineSession";
import type { Results } from "./results";
import { withRowsProgress } from "./rowsTask";
import { acceptIncomplete, shownRows } from "./shownRows";
import { rowsText } from "./rowsText";

/** What the command needs. */
export interface SaveTableParts {
  readonly session: EngineSession;
  readonly results: Results;
}

/** Makes a table of the shown result, or of what is selected of it. */
export function saveResultAsTable({ session, results }: SaveTableParts) {
  return async (
    wish?: TableArguments,
  ): Promise<ResultRequests["materialise"]["result"] | undefined> => {
    const shown = await shownRows(results, wish);
    const goesOn =
      shown !== undefined &&
      (await acceptIncomplete(shown, vscode.l10n.t("Save These Rows")));
    if (!goesOn) {
      return undefined;
    }
    const target = wish?.target ?? (await askTarget(session));
    if (target === undefined) {
      return undefined;
    }
    const name = [target.catalog, target.schema, target.table].join(".");
    const made = await withRowsProgress(
      session,
      vscode.l10n.t("Saving to {0}", name),
      (taskId) =>
        session.request("materialise", {
          ...shown.area,
          taskId,
          runId: randomUUID(),
          target,
        }),
    );
    if (made !== undefined) {
      const saved = vscode.l10n.t(
        "Saved {0} to {1}.",
        rowsText(made.rows),
        name,
      );
      if (made.notes.length === 0) {
        vscode.window.setStatusBarMessage(saved, 6_000);
      } else {
        // Not awaited: the rows are saved although the message is still to be read.
        void vscode.window.showInformationMessage(
          [saved, ...made.notes].join(" "),
        );
      }
    }
    return made;
  };
}

async function askTarget(
  session: EngineSession,
): Promise<TableTarget | undefined> {
  const catalogs = await session.request("listCatalogs", null);
  const catalog = await pick(
    // What cannot be written to is not offered.
    catalogs.filter(({ readOnly, problem }) => !readOnly && problem === null),
    ({ name }) => name,
    vscode.l10n.t("Save the rows in which database?"),
  );
  if (catalog === undefined) {
    return undefined;
  }
  const schemas = await session.request("listSchemas", {
    catalog: catalog.name,
  });
  const schema = await pick(
    // Nobody can make a table in these.
    schemas.filter((name) => !/^(?:information_schema$|pg_)/.test(name)),
    (name) => name,
    vscode.l10n.t("Save the rows in which schema?"),
  );
  if (schema === undefined) {
    return undefined;
  }
  const table = await vscode.window.showInputBox({
    prompt: vscode.l10n.t("Name of the table"),
    validateInput: (text) =>
      text.trim() === "" ? vscode.l10n.t("A name is needed.") : undefined,
  });
  if (table === undefined) {
    return undefined;
  }
  const place = { catalog: catalog.name, schema, table: table.trim() };
  const mode = await askMode(session, place);
  return mode === undefined ? undefined : { ...place, mode };
}

async function pick<T>(
  values: readonly T[],
  nameOf: (value: T) => string,
  title: string,
): Promise<T | undefined> {
  if (values.length === 1) {
    return values[0];
  }
  const picked = await vscode.window.showQuickPick(
    values.map((value) => ({ label: nameOf(value), value })),
    { title },
  );
  return picked?.value;
}

/** Asks what becomes of a table that is there already. */
async function askMode(
  session: EngineSession,
  { catalog, schema, table }: Omit<TableTarget, "mode">,
): Promise<TableTarget["mode"] | undefined> {
  const relations = await session.request("listRelations", { catalog, schema });
  const isThere = relations.some(
    ({ name }) => name.toLowerCase() === table.toLowerCase(),
  );
  if (!isThere) {
    return "create";
  }
  const append = vscode.l10n.t("Append");
  const replace = vscode.l10n.t("Replace");
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t("“{0}” is there already.", table),
    {
      modal: true,
      detail: vscode.l10n.t(
        "Append adds the rows to it by the names of its columns. Replace drops it and what is in it.",
      ),
    },
    append,
    replace,
  );
  return choice === append
    ? "append"
    : choice === replace
      ? "replace"
      : undefined;
}
