import * as vscode from "vscode";
import {
  parameterTypeOf,
  parameterTypes,
  valueProblem,
  type ParameterType,
} from "../../core/sql/parameterValue";
import type { RunParameter } from "../../core/sql/runParameters";
import type { RunTarget } from "../../protocol/engine";
import { exampleOf, problemText, typeWord } from "./parameterWords";
import type { EnteredValue } from "./rememberedValues";

/** A parameter that is about to be asked for. */
export interface AskedParameter {
  readonly parameter: Pick<RunParameter, "label" | "isSecret">;
  readonly target: RunTarget;
  /** The type that the engine expects, in its words; null when it cannot tell. */
  readonly engineType: string | null;
  /** What was entered for it last. */
  readonly known: EnteredValue | undefined;
  /** `1 of 3`, in words. */
  readonly step: string;
}

/** Asks for the type and the value of a parameter; undefined when the user gave up. */
export async function askValue(
  asked: AskedParameter,
): Promise<EnteredValue | undefined> {
  const title = vscode.l10n.t(
    "Parameter {0} ({1})",
    asked.parameter.label,
    asked.step,
  );
  const type = await askType(title, asked);
  if (type === undefined || type === "null") {
    return type === undefined ? undefined : { type, value: null };
  }
  const typeName =
    type === "other" ? await askTypeName(title, asked) : undefined;
  if (type === "other" && typeName === undefined) {
    return undefined;
  }
  const value = await askText(title, type, asked);
  return value === undefined
    ? undefined
    : { type, value, ...(typeName === undefined ? {} : { typeName }) };
}

interface TypeItem extends vscode.QuickPickItem {
  readonly type: ParameterType;
}

async function askType(
  title: string,
  { engineType, known, target, parameter }: AskedParameter,
): Promise<ParameterType | undefined> {
  const expected =
    known?.type ?? (engineType === null ? "text" : parameterTypeOf(engineType));
  // PostgreSQL reads a text as whatever it expects: there is no other type to name.
  const offered = parameterTypes.filter(
    (type) => type !== "other" || target.engine === "duckdb",
  );
  const first = offered.includes(expected) ? expected : "text";
  const items = [first, ...offered.filter((type) => type !== first)].map(
    (type): TypeItem => ({
      type,
      label: typeWord(type),
      description: type === "auto" ? (engineType ?? "") : exampleOf(type),
    }),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder:
      engineType === null
        ? vscode.l10n.t("What is the value of {0}?", parameter.label)
        : vscode.l10n.t(
            "What is the value of {0}? The engine expects {1}.",
            parameter.label,
            engineType,
          ),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.type;
}

async function askTypeName(
  title: string,
  { known }: AskedParameter,
): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("The name of DuckDB's type, such as INTEGER[]."),
    value: known?.typeName ?? "INTEGER[]",
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ""
        ? vscode.l10n.t("Write the name of a type.")
        : undefined,
  });
  return name?.trim();
}

async function askText(
  title: string,
  type: ParameterType,
  { known, parameter }: AskedParameter,
): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: parameter.isSecret
      ? vscode.l10n.t("{0}. It is not kept, and shown nowhere.", typeWord(type))
      : typeWord(type),
    placeHolder: exampleOf(type),
    value: known?.value ?? "",
    password: parameter.isSecret,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const problem = valueProblem(type, text);
      return problem === null ? undefined : problemText(problem);
    },
  });
}
