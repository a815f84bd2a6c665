import * as vscode from "vscode";
import { runParameters, type RunParameter } from "../../core/sql/runParameters";
import type { StatementParameter } from "../../protocol/parameters";
import type { EngineSession } from "../engine/engineSession";
import type { RunInput } from "../run/runService";
import { askValue } from "./askValue";
import type { EnteredValue, RememberedValues } from "./rememberedValues";

/** What asking for values needs. */
export interface ParameterParts {
  readonly session: Pick<EngineSession, "request">;
  readonly remembered: RememberedValues;
}

/** Statements whose parameters the engine is asked about, at most. */
const mostDescribed = 50;

/**
 * The run with a value for each of its parameters, which the user is asked for: once for each name. Without parameters,
 * or with values already, it is the same; undefined when the user gave up.
 */
export async function fillParameters(
  parts: ParameterParts,
  input: RunInput,
): Promise<RunInput | undefined> {
  const { statements, target } = input;
  const isFilled = statements.some(
    ({ parameters }) => parameters !== undefined,
  );
  const asked = isFilled ? [] : runParameters(statements, target.engine);
  if (asked.length === 0) {
    return input;
  }
  const values = await valuesOf(parts, input, asked);
  if (values === undefined) {
    return undefined;
  }
  const { remembered } = parts;
  await remembered.remember(
    asked.flatMap(({ id, isSecret }) => {
      const value = values.get(id);
      return isSecret || value === undefined ? [] : [[id, value] as const];
    }),
  );
  return {
    ...input,
    statements: statements.map((statement, index) => ({
      ...statement,
      ...givenTo(index, asked, values),
    })),
  };
}

/** The values of a statement's parameters; nothing for one without any. */
function givenTo(
  statement: number,
  asked: readonly RunParameter[],
  values: ReadonlyMap<string, EnteredValue>,
): { readonly parameters?: readonly StatementParameter[] } {
  const parameters = asked.flatMap(({ id, at, isSecret }) => {
    const value = values.get(id);
    return value === undefined
      ? []
      : at
          .filter((use) => use.statement === statement)
          .map(({ key }): StatementParameter => ({ key, isSecret, ...value }));
  });
  return parameters.length === 0 ? {} : { parameters };
}

async function valuesOf(
  parts: ParameterParts,
  input: RunInput,
  asked: readonly RunParameter[],
): Promise<ReadonlyMap<string, EnteredValue> | undefined> {
  const known = new Map<string, EnteredValue>();
  for (const { id, isSecret } of asked) {
    const value = isSecret ? undefined : parts.remembered.get(id);
    if (value !== undefined) {
      known.set(id, value);
    }
  }
  if (known.size === asked.length) {
    const isSame = await askForSame(asked, known);
    if (isSame !== false) {
      return isSame ? known : undefined;
    }
  }
  const types = await engineTypes(parts, input, asked);
  const values = new Map<string, EnteredValue>();
  for (const [index, parameter] of asked.entries()) {
    const value = await askValue({
      parameter,
      target: input.target,
      engineType: types.get(parameter.id) ?? null,
      known: known.get(parameter.id),
      step: vscode.l10n.t("{0} of {1}", index + 1, asked.length),
    });
    if (value === undefined) {
      return undefined;
    }
    values.set(parameter.id, value);
  }
  return values;
}

/** Offers the values of the last time; false for others, undefined when the user gave up. */
async function askForSame(
  asked: readonly RunParameter[],
  known: ReadonlyMap<string, EnteredValue>,
): Promise<boolean | undefined> {
  const same = {
    label: vscode.l10n.t("Run with the values of the last time"),
    detail: asked
      .map(({ id, label }) => `${label} = ${shown(known.get(id))}`)
      .join(", "),
  };
  const others = { label: vscode.l10n.t("Enter values…") };
  const picked = await vscode.window.showQuickPick([same, others], {
    title: vscode.l10n.t("Parameters"),
    ignoreFocusOut: true,
  });
  return picked === undefined ? undefined : picked === same;
}

/** Longest piece of a value that is shown. */
const longestShown = 60;

function shown(entered: EnteredValue | undefined): string {
  const value = entered?.value ?? null;
  if (value === null) {
    return "NULL";
  }
  const line = value.replace(/\s+/g, " ");
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
}

/** The types that the engine expects, by parameter; what it does not tell is left out. */
async function engineTypes(
  { session }: ParameterParts,
  { statements, target }: RunInput,
  asked: readonly RunParameter[],
): Promise<ReadonlyMap<string, string>> {
  const indexes = new Set(
    asked.flatMap(({ at }) => at.map(({ statement }) => statement)),
  );
  const described = new Map(
    await Promise.all(
      [...indexes].slice(0, mostDescribed).map(async (index) => {
        const text = statements[index]?.text ?? "";
        const found = await session
          .request("describeParameters", { target, text })
          .catch(() => []);
        return [index, found] as const;
      }),
    ),
  );
  const types = new Map<string, string>();
  for (const { id, at } of asked) {
    for (const { statement, key } of at) {
      const type = described
        .get(statement)
        ?.find((one) => one.key === key)?.engineType;
      if (type !== null && type !== undefined && !types.has(id)) {
        types.set(id, type);
      }
    }
  }
  return types;
}
