import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import { showError } from "../commands/registerCommands";
import type { RunService } from "../run/runService";
import { qualifiedName } from "./nodes";

/** How many rows a preview shows. LIMIT is pushed to PostgreSQL, so it moves no more than that. */
const previewRows = 100;

/** Shows the first rows of a relation in the results panel. */
export function previewRelation(
  runs: RunService,
  reveal: () => Promise<void>,
): CommandTable["viaduct.previewRelation"] {
  return async (node) => {
    if (node?.relation === undefined) {
      return undefined;
    }
    const { catalog, schema, relation } = node;
    const name = qualifiedName({
      catalog,
      ...(schema === undefined ? {} : { schema }),
      relation,
    });
    await reveal();
    return runs.run({
      target: { engine: "duckdb" },
      source: vscode.l10n.t("Preview of {0}", relation),
      statements: [
        {
          text: `SELECT * FROM ${name} LIMIT ${String(previewRows)}`,
          place: null,
        },
      ],
    });
  };
}

/** Copies a node's name as it is written in SQL. */
export function copyQualifiedName(): CommandTable["viaduct.copyQualifiedName"] {
  return async (node) => {
    if (node === undefined) {
      return undefined;
    }
    const name = qualifiedName(node);
    await vscode.env.clipboard.writeText(name);
    return name;
  };
}

/** Shows what is wrong with a node, with what could fix it. */
export function showProblem(): CommandTable["viaduct.showProblem"] {
  return async (node) => {
    const error = node?.error ?? node?.info?.problem;
    if (error !== undefined && error !== null) {
      await showError(error);
    }
  };
}
