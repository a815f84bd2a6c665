import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { NodeReference } from "../commands/commandTable";
import { attachmentMissing } from "../engine/engineErrors";
import type { AttachParts } from "./attachParts";
import { describeSource } from "./describeSource";

/** Every attachment that there is to do something with: of the session, detached, and of the settings. */
export function allAttachments({
  session,
  settings,
}: Pick<AttachParts, "session" | "settings">): readonly AttachmentSpec[] {
  const byAlias = new Map(
    [
      ...settings.attachments.map((spec) => [spec.alias, spec] as const),
      ...session.detached,
      ...session.attachments,
    ].map(([alias, spec]) => [alias, spec]),
  );
  return [...byAlias.values()];
}

/**
 * The attachment that a node of the tree or an error is about; without one, the only one there is or the one that the
 * user picks. Undefined when the user gave up or there is none that fits.
 */
export async function needAttachment(
  parts: Pick<AttachParts, "session" | "settings">,
  node: NodeReference | undefined,
  title: string,
  fits: (spec: AttachmentSpec) => boolean = () => true,
): Promise<AttachmentSpec | undefined> {
  const all = allAttachments(parts);
  // A menu may pass something else.
  if (typeof node?.catalog === "string") {
    const { catalog } = node;
    const spec =
      parts.session.find(catalog) ?? all.find(({ alias }) => alias === catalog);
    if (spec === undefined) {
      throw attachmentMissing(catalog);
    }
    return spec;
  }
  const fitting = all.filter(fits);
  if (fitting.length < 2) {
    return fitting[0];
  }
  const items = fitting.map((spec) => ({
    label: spec.alias,
    description: describeSource(spec.source, (file) =>
      parts.settings.relative(file),
    ),
    spec,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.spec;
}
