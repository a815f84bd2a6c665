import * as vscode from "vscode";
import type { CatalogInfo } from "../../protocol/catalog";
import type { CommandTable } from "../commands/commandTable";
import type { AttachParts } from "./attachParts";
import { needAttachment } from "./needAttachment";
import { attach } from "./saveAttachment";
import { testConnection } from "./tryConnection";

/** Detaches a database for this session; it stays in the settings. */
export function detach(parts: AttachParts): CommandTable["viaduct.detach"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Detach which database?"),
      ({ alias }) => parts.session.attachments.has(alias),
    );
    if (spec === undefined) {
      return undefined;
    }
    await parts.session.detach(spec.alias);
    return spec.alias;
  };
}

/** Attaches again what was detached for this session. */
export function attachAgain(
  parts: AttachParts,
): CommandTable["viaduct.attach"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Attach which database?"),
      ({ alias }) => !parts.session.attachments.has(alias),
    );
    return spec === undefined ? undefined : connect(parts, spec.alias);
  };
}

/** Attaches a database again from its source, which is read anew. */
export function reconnect(
  parts: AttachParts,
): CommandTable["viaduct.reconnect"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Reconnect which database?"),
      ({ alias }) => parts.session.attachments.has(alias),
    );
    return spec === undefined ? undefined : connect(parts, spec.alias);
  };
}

/** Connects once, attaches nothing, and says what was found. */
export function testAttachment(
  parts: AttachParts,
): CommandTable["viaduct.testConnection"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Test the connection of which database?"),
    );
    if (spec === undefined) {
      return undefined;
    }
    const report = await testConnection(parts, spec);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "{0} connects: {1}. TLS: {2}. Connected in {3} ms, a query takes {4} ms.",
        spec.alias,
        report.detail,
        report.tls,
        rounded(report.connectMs),
        rounded(report.roundTripMs),
      ),
    );
    return report;
  };
}

/** Takes an attachment out of the settings, and its stored password with it. */
export function removeAttachment(
  parts: AttachParts,
): CommandTable["viaduct.removeAttachment"] {
  return async (node) => {
    const spec = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Remove which attachment?"),
    );
    if (spec === undefined) {
      return undefined;
    }
    const remove = vscode.l10n.t("Remove");
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("Remove the attachment {0}?", spec.alias),
      {
        modal: true,
        detail: vscode.l10n.t(
          "It is detached and taken out of the settings, and a password and local copies of tables that Viaduct keeps for it are deleted. The database itself is not touched.",
        ),
      },
      remove,
    );
    if (answer !== remove) {
      return undefined;
    }
    // Of a source that cannot be read any more, nobody knows which copies are its own.
    await parts.session.request("dropSnapshots", spec).catch(() => undefined);
    await parts.session.forget(spec.alias);
    await parts.settings.saveAttachment(spec.alias, null);
    await parts.passwords.forget(spec);
    return spec.alias;
  };
}

/** What was tried in vain before is saved once it works; what the session has needs no saving. */
async function connect(
  parts: AttachParts,
  alias: string,
): Promise<CatalogInfo> {
  const { session } = parts;
  const spec = session.find(alias);
  if (
    spec !== undefined &&
    !session.attachments.has(alias) &&
    !session.detached.has(alias)
  ) {
    return attach(parts, spec);
  }
  return vscode.window.withProgress(
    {
      location: { viewId: "viaduct.explorer" },
      title: vscode.l10n.t("Connecting to {0}…", alias),
    },
    () => session.reconnect(alias),
  );
}

function rounded(milliseconds: number): string {
  return milliseconds < 10
    ? milliseconds.toFixed(1)
    : String(Math.round(milliseconds));
}
