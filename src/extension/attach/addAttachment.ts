import * as vscode from "vscode";
import type {
  AttachmentSource,
  AttachmentSpec,
} from "../../core/connections/attachment";
import type { CatalogInfo } from "../../protocol/catalog";
import type { CommandTable, SourceWay } from "../commands/commandTable";
import { aliasProblem } from "./aliasProblem";
import { askAlias, askReadOnly, askRole, takenNames } from "./askAttachment";
import { askSource } from "./askSource";
import { attachmentForm } from "./attachmentForm";
import type { AttachParts } from "./attachParts";
import { findUsedAliases } from "./envFiles";
import { needAttachment } from "./needAttachment";
import { askPasswordOrigin, lacksPassword } from "./passwordOrigin";
import { enterPassword } from "./askPassword";
import { attach, saveUnattached } from "./saveAttachment";
import { wayOf, type ChosenSource } from "./sourceChoices";
import { tryConnection } from "./tryConnection";
import { withOption } from "./tlsMode";

/** Attaches a database from any source: asks step by step, tests the connection, then saves the reference. */
export function addAttachment(
  parts: AttachParts,
): CommandTable["viaduct.addAttachment"] {
  return async (request) => {
    // A menu passes whatever it is about.
    if (isSpec(request)) {
      return attach(parts, request);
    }
    const spec = await ask(parts, wayOf(request));
    return spec === undefined ? undefined : tryAndSave(parts, spec, undefined);
  };
}

/** Changes an attachment: every property in one list, tested before it is saved. */
export function editAttachment(
  parts: AttachParts,
): CommandTable["viaduct.editAttachment"] {
  return async (node) => {
    const current = await needAttachment(
      parts,
      node,
      vscode.l10n.t("Edit which attachment?"),
    );
    if (current === undefined) {
      return undefined;
    }
    const spec = await attachmentForm(parts, current, current.alias);
    return spec === undefined
      ? undefined
      : tryAndSave(parts, spec, current.alias);
  };
}

/** What was asked and not saved leaves nothing behind. */
async function tryAndSave(
  parts: AttachParts,
  first: AttachmentSpec,
  original: string | undefined,
): Promise<CatalogInfo | undefined> {
  const tried = await tryConnection(parts, first, (spec) =>
    attachmentForm(parts, spec, original),
  );
  if (tried === undefined) {
    parts.passwords.refused(first);
    return undefined;
  }
  const { spec, problem } = tried;
  if (problem === null) {
    return attach(parts, spec, original);
  }
  await saveUnattached(parts, spec, problem, original);
  const catalogs = await parts.session.listCatalogs();
  return catalogs.find(({ name }) => name === spec.alias);
}

async function ask(
  parts: AttachParts,
  way: SourceWay | undefined,
): Promise<AttachmentSpec | undefined> {
  const title = vscode.l10n.t("Add an attachment");
  const chosen = await askSource(
    parts,
    title,
    way === undefined ? {} : { way },
  );
  if (chosen === undefined) {
    return undefined;
  }
  const { source, options } = chosen;
  const origin = (await lacksPassword(parts, source))
    ? await askPasswordOrigin(title)
    : { origin: null };
  if (origin === undefined) {
    return undefined;
  }
  const taken = await takenNames(parts);
  const suggestion = await suggestAlias(chosen, taken);
  const alias = await askAlias(title, suggestion, taken);
  if (alias === undefined) {
    return undefined;
  }
  const readOnly = await askReadOnly(title);
  const role = readOnly === undefined ? undefined : await askRole(title);
  if (readOnly === undefined || role === undefined) {
    return undefined;
  }
  const plain: AttachmentSpec = {
    alias,
    source,
    readOnly,
    ...(options === undefined ? {} : { options }),
  };
  const withRole = withOption(plain, "environment", role ?? undefined);
  return withPassword(
    parts,
    withOption(
      withRole,
      "password",
      origin.origin ?? withRole.options?.password,
    ),
  );
}

async function withPassword(
  parts: AttachParts,
  spec: AttachmentSpec,
): Promise<AttachmentSpec | undefined> {
  const needsNone = spec.options?.password === undefined;
  return needsNone || (await enterPassword(parts, spec)) ? spec : undefined;
}

/** A name that the workspace's SQL uses already comes first: with it, that SQL runs. */
async function suggestAlias(
  { source, alias }: ChosenSource,
  taken: readonly string[],
): Promise<string> {
  const names = [
    ...(alias === undefined ? [] : [alias]),
    ...(await findUsedAliases()),
    nameOf(source),
    "source",
    ...Array.from({ length: 98 }, (_, index) => `source${String(index + 2)}`),
  ];
  return (
    names.find((name) => aliasProblem(name, taken) === undefined) ?? "source"
  );
}

function nameOf(source: AttachmentSource): string {
  switch (source.kind) {
    case "envFile":
      return source.prefix.replace(/_+$/, "").toLowerCase();
    case "dbt":
      return source.target;
    case "service":
      return source.service;
    case "environment":
      return "source";
    case "connection":
      return (
        /(?:dbname\s*=\s*'?|^\w+:\/\/[^/]*\/)([\w-]+)/.exec(
          source.connection,
        )?.[1] ?? ""
      );
  }
}

/** True for an attachment that was passed to a command; a menu passes whatever it is about. */
export function isSpec(value: unknown): value is AttachmentSpec {
  return (
    typeof value === "object" &&
    value !== null &&
    "alias" in value &&
    "source" in value
  );
}
