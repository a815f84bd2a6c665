import * as vscode from "vscode";
import { parseConnection } from "../../core/connections/connectionText";
import { hasPassword } from "../../core/connections/connectionPassword";
import { viaductError } from "../../core/errors/makeError";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type { SourceWay } from "../commands/commandTable";
import type { AttachParts } from "./attachParts";
import {
  choice,
  dbtChoices,
  serviceChoices,
  sourceChoices,
  type ChosenSource,
  type OtherSource,
  type SourceChoice,
} from "./sourceChoices";

/** Asks where the connection values come from; undefined when the user gave up. */
export async function askSource(
  parts: AttachParts,
  title: string,
  {
    current,
    way,
  }: { readonly current?: string; readonly way?: SourceWay } = {},
): Promise<ChosenSource | undefined> {
  if (way === "connection") {
    return askConnection(title, current);
  }
  // A list that is still being found shows that it is, and can be closed.
  const picked = await pick(sourceChoices(parts, way), title);
  return picked?.other === undefined
    ? chosenOf(picked)
    : askOther(parts, picked.other, title, current);
}

async function askOther(
  parts: AttachParts,
  other: OtherSource,
  title: string,
  current: string | undefined,
): Promise<ChosenSource | undefined> {
  if (other === "connection") {
    return askConnection(title, current);
  }
  const file = await openFile(title);
  if (file === undefined) {
    return undefined;
  }
  const choices = await choicesOf(parts, other, file);
  if (choices.length === 0) {
    throw viaductError(
      "connectionInvalid",
      vscode.l10n.t("There is no connection in {0}.", file),
    );
  }
  return chosenOf(
    choices.length === 1 ? choices[0] : await pick(choices, title),
  );
}

async function choicesOf(
  parts: AttachParts,
  other: Exclude<OtherSource, "connection">,
  file: string,
): Promise<readonly SourceChoice[]> {
  switch (other) {
    case "profilesFile":
      return dbtChoices(parts, file);
    case "serviceFile":
      return serviceChoices(parts, file);
    case "envFile": {
      const { prefixes } = await parts.session.request("readEnvFile", { file });
      return prefixes.map((prefix) =>
        choice(
          parts,
          { source: { kind: "envFile", file, prefix } },
          "symbol-variable",
        ),
      );
    }
  }
}

async function askConnection(
  title: string,
  current: string | undefined,
): Promise<ChosenSource | undefined> {
  const connection = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      "A URI or key=value pairs, without a password: that comes next, and goes nowhere but where you choose.",
    ),
    placeHolder: "postgresql://user@localhost:5432/database",
    ignoreFocusOut: true,
    ...(current === undefined ? {} : { value: current }),
    validateInput: connectionProblem,
  });
  return connection === undefined
    ? undefined
    : { source: { kind: "connection", connection: connection.trim() } };
}

/** Why a text is no connection string for the settings; undefined when it is one. */
function connectionProblem(text: string): string | undefined {
  if (text.trim() === "") {
    return vscode.l10n.t(
      "Write a URI (postgresql://…) or pairs such as host=localhost dbname=db.",
    );
  }
  if (hasPassword(text)) {
    return vscode.l10n.t(
      "Take the password out: this text is saved in the settings. You are asked for the password next.",
    );
  }
  try {
    parseConnection(text, {
      errorClass: "connectionInvalid",
      subject: vscode.l10n.t("The connection string"),
    });
    return undefined;
  } catch (error) {
    return toErrorInfo(error).message;
  }
}

async function openFile(title: string): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  return uri?.fsPath;
}

async function pick(
  choices: readonly SourceChoice[] | Promise<readonly SourceChoice[]>,
  title: string,
): Promise<SourceChoice | undefined> {
  return vscode.window.showQuickPick(choices, {
    title,
    placeHolder: vscode.l10n.t(
      "Where the connection values come from; they stay there",
    ),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
}

function chosenOf(picked: SourceChoice | undefined): ChosenSource | undefined {
  if (picked?.problem !== undefined) {
    throw new ViaductError(picked.problem);
  }
  return picked?.chosen;
}
