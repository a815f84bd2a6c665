import * as vscode from "vscode";
import {
  normalValue,
  parameterTypeOf,
  parameterTypes,
  valueProblem,
  type ParameterType,
} from "../../core/sql/parameterValue";
import type { RunParameter } from "../../core/sql/runParameters";
import { typesOfText } from "../../core/sql/typedParameter";
import type { RunTarget } from "../../protocol/engine";
import { back, pickStep, textStep, type StepAnswer } from "./inputSteps";
import { exampleOf, problemText, shownValue, typeWord } from "./parameterWords";
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
  /** Another one was asked for before it. */
  readonly canGoBack: boolean;
}

/** Asks for the value of a parameter and its type, at once or one after the other; undefined when the user gave up. */
export async function askValue(
  asked: AskedParameter,
): Promise<StepAnswer<EnteredValue>> {
  const title = vscode.l10n.t(
    "Parameter {0} ({1})",
    asked.parameter.label,
    asked.step,
  );
  // What is typed into a list can be read by whoever looks on.
  let isChosen = asked.parameter.isSecret;
  for (let type = firstType(asked); ;) {
    if (!isChosen) {
      const picked = await askType(title, type, asked);
      if (picked === undefined || picked === back) {
        return picked;
      }
      if (picked.value !== undefined) {
        return { type: picked.type, value: picked.value };
      }
      ({ type } = picked);
    }
    const value = await askOfType(title, type, asked);
    if (value !== back) {
      return value;
    }
    isChosen = false;
  }
}

/** The type that is most likely meant. */
function firstType({ engineType, known }: AskedParameter): ParameterType {
  return (
    known?.type ?? (engineType === null ? "text" : parameterTypeOf(engineType))
  );
}

interface TypeItem extends vscode.QuickPickItem {
  readonly type: ParameterType;
  /** The value, where it was typed already; NULL is one without. */
  readonly value?: string | null;
}

function askType(
  title: string,
  expected: ParameterType,
  { engineType, target, parameter, canGoBack }: AskedParameter,
): Promise<StepAnswer<TypeItem>> {
  // PostgreSQL reads a text as whatever it expects: there is no other type to name.
  const offered = parameterTypes.filter(
    (type) => type !== "other" || target.engine === "duckdb",
  );
  const first = offered.includes(expected) ? expected : "text";
  const { label, isSecret } = parameter;
  return pickStep({
    title,
    canGoBack,
    items: [first, ...offered.filter((type) => type !== first)].map(
      (type): TypeItem => ({
        type,
        label: typeWord(type),
        description: type === "auto" ? (engineType ?? "") : exampleOf(type),
      }),
    ),
    ...(isSecret ? {} : { typed: (text) => typedItems(text, engineType) }),
    placeholder: isSecret
      ? vscode.l10n.t("Of which type is {0}?", label)
      : engineType === null
        ? vscode.l10n.t("Type the value of {0}, or choose its type", label)
        : vscode.l10n.t(
            "Type the value of {0}, or choose its type. The engine expects {1}.",
            label,
            engineType,
          ),
  });
}

/** What is typed, as a value of each type that it can be of. */
function typedItems(text: string, engineType: string | null): TypeItem[] {
  if (text.trim() === "") {
    return [];
  }
  const expected = engineType === null ? null : parameterTypeOf(engineType);
  const items = typesOfText(text, expected).map((type): TypeItem => ({
    type,
    value: normalValue(type, text),
    label: shownValue(text),
    description: typeWord(type),
    alwaysShow: true,
  }));
  return /^\s*null\s*$/i.test(text)
    ? [{ type: "null", value: null, label: "NULL", alwaysShow: true }, ...items]
    : items;
}

async function askOfType(
  title: string,
  type: ParameterType,
  asked: AskedParameter,
): Promise<StepAnswer<EnteredValue>> {
  switch (type) {
    case "null":
      return { type, value: null };
    case "boolean":
      return askBoolean(title, asked);
    case "other":
      return askOther(title, asked);
    default: {
      const value = await askText(title, type, asked);
      return typeof value === "string" ? { type, value } : value;
    }
  }
}

async function askBoolean(
  title: string,
  { known, parameter }: AskedParameter,
): Promise<StepAnswer<EnteredValue>> {
  const values = ["true", "false", null] as const;
  const first =
    known?.type === "boolean" ? values.indexOf(booleanText(known)) : 0;
  const picked = await pickStep({
    title,
    canGoBack: true,
    placeholder: vscode.l10n.t("What is the value of {0}?", parameter.label),
    items: [...values.slice(first), ...values.slice(0, first)].map((value) => ({
      label: value?.toUpperCase() ?? "NULL",
      value,
    })),
  });
  if (picked === undefined || picked === back) {
    return picked;
  }
  const { value } = picked;
  return { type: value === null ? "null" : "boolean", value };
}

function booleanText({ value }: EnteredValue): "true" | "false" {
  return value === "false" ? "false" : "true";
}

/** A type by its name, then a value of it. */
async function askOther(
  title: string,
  asked: AskedParameter,
): Promise<StepAnswer<EnteredValue>> {
  for (let named = asked.known?.typeName ?? "INTEGER[]"; ;) {
    const name = await textStep({
      title,
      canGoBack: true,
      prompt: vscode.l10n.t("The name of DuckDB's type, such as INTEGER[]."),
      placeholder: "INTEGER[]",
      value: named,
      isPassword: false,
      validate: (text) =>
        text.trim() === ""
          ? vscode.l10n.t("Write the name of a type.")
          : undefined,
    });
    if (name === undefined || name === back) {
      return name;
    }
    const value = await askText(title, "other", asked);
    if (typeof value === "string") {
      return { type: "other", typeName: name.trim(), value };
    }
    if (value === undefined) {
      return undefined;
    }
    named = name;
  }
}

function askText(
  title: string,
  type: ParameterType,
  { known, parameter }: AskedParameter,
): Promise<StepAnswer<string>> {
  return textStep({
    title,
    canGoBack: true,
    prompt: parameter.isSecret
      ? vscode.l10n.t("{0}. It is not kept, and shown nowhere.", typeWord(type))
      : typeWord(type),
    placeholder: exampleOf(type),
    value: known?.value ?? "",
    isPassword: parameter.isSecret,
    validate: (text) => {
      const problem = valueProblem(type, text);
      return problem === null ? undefined : problemText(problem);
    },
  });
}
