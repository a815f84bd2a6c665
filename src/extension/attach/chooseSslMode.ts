import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import type { AttachParts } from "./attachParts";
import { needAttachment } from "./needAttachment";
import { attach } from "./saveAttachment";
import { withTlsMode } from "./tlsMode";

/** Chooses how an attachment is encrypted and verified, and attaches it so. */
export function chooseSslMode(
  parts: AttachParts,
): CommandTable["viaduct.chooseSslMode"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Choose the TLS mode of which database?"),
    );
    const next = spec === undefined ? undefined : await withTlsMode(spec);
    return next === undefined ? undefined : attach(parts, next);
  };
}
