import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import type { CatalogInfo } from "../../protocol/catalog";
import type { AttachParts } from "./attachParts";

/** Attaches and remembers the reference in the workspace's settings. */
export async function attach(
  parts: AttachParts,
  spec: AttachmentSpec,
  previous = spec.alias,
): Promise<CatalogInfo> {
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
    await session.forget(previous);
    await passwords.forget(previous);
  }
  await settings.saveAttachment(previous, spec);
}
