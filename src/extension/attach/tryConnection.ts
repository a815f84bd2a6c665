import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ErrorAction, ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { ConnectionReport } from "../../protocol/catalog";
import { actionTitle } from "../commands/actionTitle";
import type { AttachParts } from "./attachParts";
import { withEnteredPassword } from "./passwordCommands";
import { withTlsMode } from "./tlsMode";

/** An attachment that was tried, and why it does not work when it does not. */
export interface TriedConnection {
  readonly spec: AttachmentSpec;
  readonly problem: ErrorInfo | null;
}

/** Fixes that end in another attempt; every other one would end the dialogue. */
const fixes: readonly ErrorAction[] = [
  "enterPassword",
  "chooseSslMode",
  "editAttachment",
];

/** Connects as `attach` would, with progress that is seen. */
export async function testConnection(
  { session }: AttachParts,
  spec: AttachmentSpec,
): Promise<ConnectionReport> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Connecting to {0}…", spec.alias),
    },
    () => session.test(spec),
  );
}

/**
 * Tests a connection before it is saved. While it fails, the error is shown with what could fix it; `edit` changes the
 * attachment. Undefined when the user gave up.
 */
export async function tryConnection(
  parts: AttachParts,
  first: AttachmentSpec,
  edit: (spec: AttachmentSpec) => Promise<AttachmentSpec | undefined>,
): Promise<TriedConnection | undefined> {
  let spec = first;
  for (;;) {
    try {
      await testConnection(parts, spec);
      return { spec, problem: null };
    } catch (error) {
      const problem = toErrorInfo(error);
      const answer = await ask(spec, problem);
      switch (answer) {
        case undefined:
          return undefined;
        case "save":
          return { spec, problem };
        default:
          spec = (await carryOut(parts, spec, answer, edit)) ?? spec;
      }
    }
  }
}

async function carryOut(
  parts: AttachParts,
  spec: AttachmentSpec,
  action: ErrorAction,
  edit: (spec: AttachmentSpec) => Promise<AttachmentSpec | undefined>,
): Promise<AttachmentSpec | undefined> {
  switch (action) {
    case "enterPassword":
      return withEnteredPassword(parts, spec);
    case "chooseSslMode":
      return withTlsMode(spec);
    case "editAttachment":
      return edit(spec);
    default:
      return spec;
  }
}

async function ask(
  { alias }: AttachmentSpec,
  problem: ErrorInfo,
): Promise<ErrorAction | "save" | undefined> {
  const answers: readonly (ErrorAction | "save")[] = [
    ...fixes.filter((fix) => problem.actions.includes(fix)),
    "retry",
    "save",
  ];
  const titles = new Map(
    answers.map((answer) => [
      answer === "save" ? vscode.l10n.t("Save Anyway") : actionTitle(answer),
      answer,
    ]),
  );
  const choice = await vscode.window.showErrorMessage(
    vscode.l10n.t("{0} does not connect.", alias),
    { modal: true, detail: `${problem.message}\n\n${problem.hint}` },
    ...titles.keys(),
  );
  return choice === undefined ? undefined : titles.get(choice);
}
