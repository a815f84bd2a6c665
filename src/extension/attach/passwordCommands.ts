import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { CommandTable } from "../commands/commandTable";
import type { AttachParts } from "./attachParts";
import { needAttachment } from "./needAttachment";
import { askPasswordOrigin } from "./passwordOrigin";
import { enterPassword } from "./askPassword";
import { attach } from "./saveAttachment";
import { withOption } from "./tlsMode";

/** Asks for a password, and where to keep it when the attachment does not say; undefined when the user gave up. */
export async function withEnteredPassword(
  parts: AttachParts,
  spec: AttachmentSpec,
): Promise<AttachmentSpec | undefined> {
  const title = vscode.l10n.t("Password of {0}", spec.alias);
  const origin =
    spec.options?.password ?? (await askPasswordOrigin(title))?.origin;
  if (origin === undefined) {
    return undefined;
  }
  if (origin === null) {
    return withOption(spec, "password", undefined);
  }
  const next = withOption(spec, "password", origin);
  return (await enterPassword(parts, next)) ? next : undefined;
}

/** Enters a password for an attachment, keeps it where the user chooses, and connects with it. */
export function setPassword(
  parts: AttachParts,
): CommandTable["viaduct.setPassword"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Set the password of which database?"),
    );
    const next =
      spec === undefined ? undefined : await withEnteredPassword(parts, spec);
    return next === undefined ? undefined : attach(parts, next);
  };
}

/** Removes the stored password of an attachment; it is asked for when it is needed again. */
export function forgetPassword(
  parts: AttachParts,
): CommandTable["viaduct.forgetPassword"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Forget the password of which database?"),
      ({ options }) => options?.password !== undefined,
    );
    if (spec === undefined) {
      return undefined;
    }
    await parts.passwords.forget(spec);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The password of {0} is forgotten. It is asked for when it is needed again.",
        spec.alias,
      ),
    );
    return spec.alias;
  };
}
