import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import { hasPassword } from "../../core/connections/connectionPassword";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import type { CatalogInfo } from "../../protocol/catalog";
import type { AttachParts } from "./attachParts";

/** Attaches and remembers the reference in the workspace's settings. */
export async function attach(
  parts: AttachParts,
  spec: AttachmentSpec,
  previous = spec.alias,
): Promise<CatalogInfo> {
  requireReference(spec);
  const info = await vscode.window.withProgress(
    {
      location: { viewId: "viaduct.explorer" },
      title: vscode.l10n.t("Attaching {0}…", spec.alias),
    },
    () => parts.session.attach(spec),
  );
  await remember(parts, spec, previous);
  return info;
}

/** Settings hold references: a caller's connection string must not bring a password into them. */
function requireReference({ alias, source }: AttachmentSpec): void {
  if (source.kind === "connection" && hasPassword(source.connection)) {
    throw viaductError(
      "connectionInvalid",
      vscode.l10n.t(
        "The connection string of {0} has a password in it, which settings never hold. Take it out, and give the password by itself.",
        alias,
      ),
      { actions: [] },
    );
  }
}

/** Remembers the reference of an attachment that cannot be attached yet; the tree says why. */
export async function saveUnattached(
  parts: AttachParts,
  spec: AttachmentSpec,
  problem: ErrorInfo,
  previous = spec.alias,
): Promise<void> {
  parts.session.keep(spec, problem);
  await remember(parts, spec, previous);
}

async function remember(
  { session, settings, passwords }: AttachParts,
  spec: AttachmentSpec,
  previous: string,
): Promise<void> {
  await passwords.keep(spec);
  if (previous.toLowerCase() !== spec.alias.toLowerCase()) {
    const { source } = session.find(previous) ?? spec;
    await session.forget(previous);
    await passwords.forget({ alias: previous, source });
  }
  await settings.saveAttachment(previous, spec);
}
