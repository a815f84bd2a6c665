import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { EngineSession } from "../engine/engineSession";
import type { AttachParts } from "./attachParts";
import { describeSource } from "./describeSource";

/**
 * Asks for the password of `server`, as the engine's `sourceServer` says it; undefined when the user gave up. `former` is
 * the server that a known password was entered for, when it is another one: that is said first.
 */
export async function askPassword(
  spec: AttachmentSpec,
  server: string,
  former?: string,
): Promise<string | undefined> {
  const place =
    spec.options?.password === "secretStorage"
      ? vscode.l10n.t(
          "It is kept in VS Code's SecretStorage, and in no file of the workspace.",
        )
      : vscode.l10n.t(
          "It is kept in memory until the window is closed, and written nowhere.",
        );
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Password of {0}", spec.alias),
    // Files and settings of a workspace say which server gets it: who enters it sees which, and that it is another one.
    prompt:
      former === undefined
        ? vscode.l10n.t("For {0}. {1}", server, place)
        : vscode.l10n.t(
            "The host has changed: the password that is known was entered for {0} and was not sent. Enter one for {1} if that is meant. {2}",
            former,
            server,
            place,
          ),
    placeHolder: describeSource(spec.source, (file) =>
      vscode.workspace.asRelativePath(file),
    ),
    password: true,
    ignoreFocusOut: true,
  });
}

/** Asks for the password of the server that a source means now, and has it for this session; false when the user gave up. */
export async function enterPassword(
  { session, passwords }: AttachParts,
  spec: AttachmentSpec,
): Promise<boolean> {
  const server = await sourceServer(session, spec);
  if (server === null) {
    // What is wrong with the source is told when it is used; the password is asked for after that.
    return true;
  }
  const former = await passwords.formerServer(spec, server);
  const password = await askPassword(spec, server, former);
  if (password !== undefined) {
    passwords.remember(spec, password, server);
  }
  return password !== undefined;
}

/** The server that a source means now, as the engine's `sourceServer` says it; null where it cannot be read. */
export async function sourceServer(
  session: Pick<EngineSession, "request">,
  spec: AttachmentSpec,
): Promise<string | null> {
  return session.request("sourceServer", spec).then(
    ({ server }) => server,
    () => null,
  );
}
