import * as vscode from "vscode";
import type {
  AttachmentOptions,
  AttachmentSpec,
} from "../../core/connections/attachment";
import {
  tlsModes,
  type TlsMode,
} from "../../core/connections/attachmentOptions";

/** What a mode means, in one sentence. */
function explain(mode: TlsMode): string {
  switch (mode) {
    case "verify-full":
      return vscode.l10n.t(
        "Encrypted; the server's certificate and its host name are verified.",
      );
    case "verify-ca":
      return vscode.l10n.t(
        "Encrypted; the certificate is verified, the host name is not.",
      );
    case "require":
      return vscode.l10n.t(
        "Encrypted; whoever answers is believed to be the server.",
      );
    case "prefer":
      return vscode.l10n.t(
        "Encrypted if the server can, otherwise in the clear.",
      );
    case "allow":
      return vscode.l10n.t(
        "In the clear unless the server insists on encryption.",
      );
    case "disable":
      return vscode.l10n.t("Never encrypted.");
  }
}

/** Asks for a TLS mode; answers the attachment with it, or undefined when the user gave up. */
export async function withTlsMode(
  spec: AttachmentSpec,
): Promise<AttachmentSpec | undefined> {
  const current = spec.options?.sslmode;
  const choice = await vscode.window.showQuickPick(
    [
      ...tlsModes.map((mode) => ({
        label: mode,
        description: mode === current ? vscode.l10n.t("current") : "",
        detail: explain(mode),
        mode,
      })),
      {
        label: vscode.l10n.t("As the source says"),
        description: current === undefined ? vscode.l10n.t("current") : "",
        detail: vscode.l10n.t(
          "The source's own mode; without one, verify-full unless the server is on this machine.",
        ),
        mode: undefined,
      },
    ],
    {
      title: vscode.l10n.t("TLS mode of {0}", spec.alias),
      placeHolder: vscode.l10n.t(
        "How the connection is encrypted and the server verified",
      ),
    },
  );
  return choice === undefined
    ? undefined
    : withOption(spec, "sslmode", choice.mode);
}

/** The attachment with an option, or without it when it is undefined. */
export function withOption<K extends keyof AttachmentOptions>(
  spec: AttachmentSpec,
  key: K,
  value: AttachmentOptions[K] | undefined,
): AttachmentSpec {
  const { options = {}, ...rest } = spec;
  const others = Object.entries(options).filter(([name]) => name !== key);
  const next = [
    ...others,
    ...(value === undefined ? [] : [[key, value] as const]),
  ];
  return next.length === 0
    ? rest
    : { ...rest, options: Object.fromEntries(next) };
}
