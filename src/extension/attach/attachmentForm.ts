import * as vscode from "vscode";
import type {
  AttachmentOptions,
  AttachmentSpec,
} from "../../core/connections/attachment";
import {
  askAlias,
  askReadOnly,
  askRole,
  roleName,
  takenNames,
} from "./askAttachment";
import { askSource } from "./askSource";
import type { AttachParts } from "./attachParts";
import { describeSource } from "./describeSource";
import { askFile, askNumber, askSchemas } from "./askOption";
import { withEnteredPassword } from "./passwordCommands";
import { withOption, withTlsMode } from "./tlsMode";

type NumberKey =
  | "connectTimeoutSeconds"
  | "statementTimeoutSeconds"
  | "idleInTransactionTimeoutSeconds"
  | "poolSize";
type FileKey = "sslrootcert" | "sslcert" | "sslkey";

/** One property of an attachment: what it is now, and how it is changed. */
interface Field extends vscode.QuickPickItem {
  /** Undefined when nothing is to be changed. */
  readonly change?: () => Promise<AttachmentSpec | undefined>;
  readonly isDone?: true;
}

/**
 * Shows every property of an attachment with its value, and lets the user change them until they are done. Undefined
 * when they gave up. `original` is the alias that it has in the settings.
 */
export async function attachmentForm(
  parts: AttachParts,
  first: AttachmentSpec,
  original: string | undefined,
): Promise<AttachmentSpec | undefined> {
  let spec = first;
  for (;;) {
    const picked = await vscode.window.showQuickPick(
      fields(parts, spec, original),
      {
        title: vscode.l10n.t("Attachment {0}", spec.alias),
        placeHolder: vscode.l10n.t("Choose what to change"),
        ignoreFocusOut: true,
        matchOnDescription: true,
      },
    );
    if (picked === undefined) {
      return undefined;
    }
    if (picked.isDone) {
      return spec;
    }
    spec = (await picked.change?.()) ?? spec;
  }
}

function fields(
  parts: AttachParts,
  spec: AttachmentSpec,
  original: string | undefined,
): readonly Field[] {
  return [
    {
      label: vscode.l10n.t("$(check) Test and save"),
      detail: vscode.l10n.t("Nothing is changed before."),
      isDone: true,
    },
    separator(vscode.l10n.t("what it is")),
    ...identityFields(parts, spec, original),
    separator(vscode.l10n.t("how it connects")),
    ...connectionFields(parts, spec),
    separator(vscode.l10n.t("limits")),
    ...limitFields(spec),
  ];
}

function identityFields(
  parts: AttachParts,
  spec: AttachmentSpec,
  original: string | undefined,
): readonly Field[] {
  const { options = {} } = spec;
  return [
    {
      label: vscode.l10n.t("Alias"),
      description: spec.alias,
      change: async () => {
        const title = vscode.l10n.t("Alias of {0}", spec.alias);
        const taken = await takenNames(parts, original);
        const alias = await askAlias(title, spec.alias, taken);
        if (alias !== undefined) {
          await parts.passwords.copy(spec, alias);
        }
        return alias === undefined ? undefined : { ...spec, alias };
      },
    },
    {
      label: vscode.l10n.t("Access"),
      description: spec.readOnly
        ? vscode.l10n.t("read-only")
        : vscode.l10n.t("read-write"),
      change: async () => {
        const readOnly = await askReadOnly(
          vscode.l10n.t("Access to {0}", spec.alias),
        );
        return readOnly === undefined ? undefined : { ...spec, readOnly };
      },
    },
    {
      label: vscode.l10n.t("Environment"),
      description:
        options.environment === undefined ? "–" : roleName(options.environment),
      change: async () => {
        const role = await askRole(
          vscode.l10n.t("Environment of {0}", spec.alias),
        );
        return role === undefined
          ? undefined
          : withOption(spec, "environment", role ?? undefined);
      },
    },
    schemaField(parts, spec),
  ];
}

function schemaField(parts: AttachParts, spec: AttachmentSpec): Field {
  return {
    label: vscode.l10n.t("Schemas"),
    description: spec.options?.schemas?.join(", ") ?? vscode.l10n.t("all"),
    change: async () => {
      const schemas = await askSchemas(parts, spec);
      return schemas === undefined
        ? undefined
        : withOption(
            spec,
            "schemas",
            schemas.length === 0 ? undefined : schemas,
          );
    },
  };
}

function connectionFields(
  parts: AttachParts,
  spec: AttachmentSpec,
): readonly Field[] {
  const { options = {}, source } = spec;
  const relative = (file: string): string => parts.settings.relative(file);
  return [
    {
      label: vscode.l10n.t("Source"),
      description: describeSource(source, relative),
      change: async () => {
        const chosen = await askSource(
          parts,
          vscode.l10n.t("Source of {0}", spec.alias),
          source.kind === "connection" ? { current: source.connection } : {},
        );
        return chosen === undefined
          ? undefined
          : { ...spec, source: chosen.source };
      },
    },
    {
      label: vscode.l10n.t("Password"),
      description: passwordText(options.password),
      change: () =>
        withEnteredPassword(parts, withOption(spec, "password", undefined)),
    },
    {
      label: vscode.l10n.t("TLS mode"),
      description: options.sslmode ?? vscode.l10n.t("as the source says"),
      change: () => withTlsMode(spec),
    },
    fileField(parts, spec, "sslrootcert", vscode.l10n.t("Root certificates")),
    fileField(parts, spec, "sslcert", vscode.l10n.t("Client certificate")),
    fileField(parts, spec, "sslkey", vscode.l10n.t("Client key")),
  ];
}

function limitFields(spec: AttachmentSpec): readonly Field[] {
  const field = (key: NumberKey, label: string, smallest: number): Field => {
    const value = spec.options?.[key];
    return {
      label,
      description:
        value === undefined
          ? vscode.l10n.t("as in the settings")
          : String(value),
      change: async () => {
        const answer = await askNumber(
          `${spec.alias}: ${label}`,
          value,
          smallest,
        );
        return answer === undefined
          ? undefined
          : withOption(spec, key, answer.value);
      },
    };
  };
  return [
    field("connectTimeoutSeconds", vscode.l10n.t("Connect timeout (s)"), 1),
    field("statementTimeoutSeconds", vscode.l10n.t("Statement timeout (s)"), 0),
    field(
      "idleInTransactionTimeoutSeconds",
      vscode.l10n.t("Idle-in-transaction timeout (s)"),
      0,
    ),
    field("poolSize", vscode.l10n.t("Pool size"), 1),
  ];
}

function fileField(
  { settings }: AttachParts,
  spec: AttachmentSpec,
  key: FileKey,
  label: string,
): Field {
  const file = spec.options?.[key];
  return {
    label,
    description: file === undefined ? "–" : settings.relative(file),
    change: async () => {
      const answer = await askFile(
        `${spec.alias}: ${label}`,
        key === "sslrootcert",
      );
      return answer === undefined
        ? undefined
        : withOption(spec, key, answer.file);
    },
  };
}

function passwordText(origin: AttachmentOptions["password"]): string {
  switch (origin) {
    case "secretStorage":
      return vscode.l10n.t("in SecretStorage");
    case "prompt":
      return vscode.l10n.t("asked for in each session");
    case undefined:
      return vscode.l10n.t("from the source");
  }
}

function separator(label: string): Field {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
