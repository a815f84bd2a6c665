import * as vscode from "vscode";
import type { AttachmentSource } from "../../core/connections/attachment";

/** Where the values of an attachment come from, in a few words. */
export function describeSource(
  source: AttachmentSource,
  relative: (file: string) => string,
): string {
  switch (source.kind) {
    case "envFile":
      return vscode.l10n.t("{0}* in {1}", source.prefix, relative(source.file));
    case "dbt": {
      const output = `${source.profile}.${source.target}`;
      const name =
        source.entry === "output" ? output : `${output} ${source.entry}`;
      return vscode.l10n.t("dbt {0} in {1}", name, relative(source.file));
    }
    case "service":
      return source.file === null
        ? vscode.l10n.t("service {0}", source.service)
        : vscode.l10n.t(
            "service {0} in {1}",
            source.service,
            relative(source.file),
          );
    case "environment":
      return vscode.l10n.t("PG* variables");
    case "connection":
      return source.connection;
  }
}
