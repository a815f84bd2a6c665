import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import {
  attachmentPlanRequest,
  type AttachmentPlan,
  type MoveCredential,
} from "../../protocol/server";
import type { CatalogInfo } from "../../protocol/catalog";
import { aliasProblem } from "../attach/aliasProblem";
import { takenNames } from "../attach/askAttachment";
import { sourceServer } from "../attach/askPassword";
import type { AttachParts } from "../attach/attachParts";
import { attach } from "../attach/saveAttachment";
import type { CommandTable } from "../commands/commandTable";
import { carryOut, tellChanged } from "./carryOut";
import type { LanguageServer } from "./languageServer";

/**
 * Makes an attachment of an ATTACH with a password: that goes to SecretStorage, the rest to the settings, and the
 * statement goes once the attachment has connected.
 */
export function makeAttachment(
  server: LanguageServer,
  parts: AttachParts,
): CommandTable["viaduct.makeAttachment"] {
  return async (reference?: MoveCredential) => {
    if (reference === undefined) {
      return undefined;
    }
    const plan = await server.request<AttachmentPlan | null>(
      attachmentPlanRequest,
      reference,
    );
    if (plan === null) {
      tellChanged();
      return undefined;
    }
    const problem = aliasProblem(plan.alias, await takenNames(parts));
    if (problem !== undefined) {
      void vscode.window.showErrorMessage(problem);
      return undefined;
    }
    let info: CatalogInfo | undefined;
    const uri = vscode.Uri.parse(reference.uri);
    const isDone = await carryOut(uri, plan, async () => {
      info = await attachWith(parts, specOf(plan), plan.password);
    });
    if (isDone) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "{0} is an attachment now, and its password is in VS Code's secret storage. If the file was ever committed, change the password: it is still in the history.",
          plan.alias,
        ),
      );
    } else {
      tellChanged();
    }
    return info;
  };
}

function specOf({
  alias,
  connection,
  readOnly,
  schemas,
}: AttachmentPlan): AttachmentSpec {
  return {
    alias,
    source: { kind: "connection", connection },
    readOnly,
    options: {
      password: "secretStorage",
      ...(schemas.length === 0 ? {} : { schemas }),
    },
  };
}

/** What does not connect leaves nothing behind. */
async function attachWith(
  parts: AttachParts,
  spec: AttachmentSpec,
  password: string,
): Promise<CatalogInfo> {
  const server = await sourceServer(parts.session, spec);
  parts.passwords.remember(spec, password, server ?? "");
  try {
    return await attach(parts, spec);
  } catch (error) {
    parts.passwords.refused(spec);
    throw error;
  }
}
