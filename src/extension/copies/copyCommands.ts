import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { SnapshotInfo, SnapshotKey } from "../../protocol/snapshots";
import { needAttachment } from "../attach/needAttachment";
import type { AttachParts } from "../attach/attachParts";
import type { CommandTable, NodeReference } from "../commands/commandTable";
import { qualifiedName } from "../explorer/nodes";
import { copyAge, copyRows } from "./copyAge";
import type { LocalCopies } from "./localCopies";

/** What the commands about local copies need. */
export interface CopyParts {
  readonly attaching: AttachParts;
  readonly copies: LocalCopies;
}

/** Copies a table, so that statements can be answered while its server is away. */
export function keepLocalCopy(
  parts: CopyParts,
): CommandTable["viaduct.keepLocalCopy"] {
  return async (node) => {
    const key = keyOf(node) ?? (await pickTable(parts));
    if (key === undefined) {
      return undefined;
    }
    const copy = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Copying {0}", nameOf(key)),
        cancellable: true,
      },
      (_, token) => take(parts, key, token),
    );
    if (copy === undefined) {
      return undefined;
    }
    await parts.copies.read(key.alias);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "A local copy of {0} is kept ({1}). It stands in while the server of {2} is away, and each result from it says how old it is.",
        nameOf(key),
        copyRows(copy),
        key.alias,
      ),
    );
    return copy;
  };
}

/** Removes the local copy of a table. */
export function dropLocalCopy(
  parts: CopyParts,
): CommandTable["viaduct.dropLocalCopy"] {
  return async (node) => {
    const key = keyOf(node) ?? (await pickCopy(parts));
    if (key === undefined) {
      return undefined;
    }
    await parts.attaching.session.request("dropSnapshot", key);
    await parts.copies.read(key.alias);
    return key;
  };
}

/** Undefined when the user has stopped it. */
async function take(
  { attaching }: CopyParts,
  key: SnapshotKey,
  token: vscode.CancellationToken,
): Promise<SnapshotInfo | undefined> {
  const { session } = attaching;
  const listening = token.onCancellationRequested(() => {
    void session.request("cancelSnapshot", null).catch(() => undefined);
  });
  try {
    return await session.request("takeSnapshot", key);
  } catch (error) {
    if (
      token.isCancellationRequested &&
      toErrorInfo(error).class === "cancelled"
    ) {
      return undefined;
    }
    throw error;
  } finally {
    listening.dispose();
  }
}

async function pickTable({
  attaching,
}: CopyParts): Promise<SnapshotKey | undefined> {
  const { session } = attaching;
  const spec = await needAttachment(
    attaching,
    undefined,
    vscode.l10n.t("Keep a local copy of a table of which database?"),
    ({ alias }) => session.attachments.has(alias),
  );
  if (spec === undefined) {
    return undefined;
  }
  const catalog = spec.alias;
  const schemas = await session.request("listSchemas", { catalog });
  const [only] = schemas;
  const schema =
    schemas.length === 1
      ? only
      : await vscode.window.showQuickPick([...schemas], {
          title: vscode.l10n.t("Keep a local copy of a table of which schema?"),
        });
  if (schema === undefined) {
    return undefined;
  }
  const relations = await session.request("listRelations", { catalog, schema });
  const relation = await vscode.window.showQuickPick(
    relations.map(({ name }) => name),
    { title: vscode.l10n.t("Keep a local copy of which table or view?") },
  );
  return relation === undefined
    ? undefined
    : { alias: catalog, schema, relation };
}

async function pickCopy({
  attaching,
  copies,
}: CopyParts): Promise<SnapshotKey | undefined> {
  const aliases = [...attaching.session.attachments.keys()];
  const known = await Promise.all(aliases.map((alias) => copies.read(alias)));
  const items = known.flat().map((copy) => ({
    label: nameOf(copy),
    description: `${copyRows(copy)} · ${copyAge(copy, Date.now())}`,
    copy,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There are no local copies of tables."),
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Drop the local copy of which table?"),
  });
  if (picked === undefined) {
    return undefined;
  }
  const { alias, schema, relation } = picked.copy;
  return { alias, schema, relation };
}

function keyOf(node: NodeReference | undefined): SnapshotKey | undefined {
  return node?.schema === undefined || node.relation === undefined
    ? undefined
    : { alias: node.catalog, schema: node.schema, relation: node.relation };
}

function nameOf({ alias, schema, relation }: SnapshotKey): string {
  return qualifiedName({ catalog: alias, schema, relation });
}
