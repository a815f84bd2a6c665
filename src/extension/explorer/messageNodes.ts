import * as vscode from "vscode";
import { errorInfo } from "../../core/errors/makeError";
import type { Node, SchemaNode } from "./nodes";

/** A schema that an attachment is to show and that its server does not have. */
export function missingSchema(catalog: string, schema: string): Node {
  const text = vscode.l10n.t("There is no schema {0}", schema);
  return {
    kind: "message",
    catalog,
    schema,
    text,
    error: {
      ...errorInfo("catalog", text, {
        hint: vscode.l10n.t("Choose the schemas of this attachment again."),
        actions: ["editAttachment"],
      }),
      alias: catalog,
    },
  };
}

/** An empty schema says so: nothing below an open node looks like an error. */
export function orMessage(
  { catalog, schema }: SchemaNode,
  nodes: Node[],
): Node[] {
  return nodes.length > 0
    ? nodes
    : [
        {
          kind: "message",
          catalog,
          schema,
          text: vscode.l10n.t("No tables or views"),
          error: null,
        },
      ];
}
