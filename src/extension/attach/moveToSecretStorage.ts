import * as vscode from "vscode";
import { removeEnv } from "../../core/connections/envRemove";
import type {
  AttachmentSpec,
  EnvFileSource,
} from "../../core/connections/attachment";
import { isSameAttachment } from "../../core/connections/sameAttachment";
import type { CommandTable } from "../commands/commandTable";
import type { AttachParts } from "./attachParts";
import { allAttachments, needAttachment } from "./needAttachment";
import { attach } from "./saveAttachment";
import { withOption } from "./tlsMode";

/**
 * Moves the password of an attachment from its env file to VS Code's SecretStorage. It is taken out of the file only
 * after the attachment has connected with the stored one, and only when the user agrees.
 */
export function moveToSecretStorage(
  parts: AttachParts,
): CommandTable["viaduct.moveToSecretStorage"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Move the password of which database?"),
      (each) =>
        each.source.kind === "envFile" && each.options?.password === undefined,
    );
    if (spec?.source.kind !== "envFile") {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "No attachment takes its password from an env file. “Set Password” keeps one in SecretStorage.",
        ),
      );
      return undefined;
    }
    const { source } = spec;
    const { password, variable, server } = await parts.session.request(
      "takePassword",
      {
        source,
      },
    );
    const stored = withOption(spec, "password", "secretStorage");
    parts.passwords.remember(stored, password, server);
    const info = await attach(parts, stored);
    await offerRemoval(parts, stored, source, variable);
    return info;
  };
}

async function offerRemoval(
  parts: AttachParts,
  spec: AttachmentSpec,
  source: EnvFileSource,
  variable: string | null,
): Promise<void> {
  const file = parts.settings.relative(source.file);
  if (variable === null) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        "The password of {0} is in SecretStorage now. In {1} it is a part of a URL: take it out there by hand.",
        spec.alias,
        file,
      ),
    );
    return;
  }
  const remove = vscode.l10n.t("Remove {0}", variable);
  const others = othersWith(parts, spec, source);
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("Remove {0} from {1}?", variable, file),
    {
      modal: true,
      detail: [
        vscode.l10n.t(
          "{0} connects with the password in VS Code's SecretStorage now. Other programs that read the file, and getenv('{1}'), will not find it any more.",
          spec.alias,
          variable,
        ),
        ...(others.length === 0
          ? []
          : [
              vscode.l10n.t(
                "These attachments still need it: {0}.",
                others.join(", "),
              ),
            ]),
      ].join("\n\n"),
    },
    remove,
  );
  if (answer === remove) {
    await removeVariable(source.file, variable);
  }
}

/** Through the editor, so that it can be undone and that a change that is not saved yet is not lost. */
async function removeVariable(file: string, variable: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(
    vscode.Uri.file(file),
  );
  const text = document.getText();
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(0), document.positionAt(text.length)),
    removeEnv(text, variable),
  );
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

function othersWith(
  parts: AttachParts,
  spec: AttachmentSpec,
  source: EnvFileSource,
): readonly string[] {
  return allAttachments(parts)
    .filter(
      (other) =>
        other.alias !== spec.alias &&
        other.options?.password === undefined &&
        isSameAttachment(
          { ...other, alias: "", readOnly: true },
          {
            alias: "",
            source,
            readOnly: true,
            ...(other.options === undefined ? {} : { options: other.options }),
          },
        ),
    )
    .map(({ alias }) => alias);
}
