import * as vscode from "vscode";
import { redactSql } from "../../core/credentials/redactSql";
import { quoteLiteral } from "../../core/sql/quote";
import { runParameters, type RunParameter } from "../../core/sql/runParameters";
import type { StatementParameter } from "../../protocol/parameters";
import type { EngineSession } from "../engine/engineSession";
import type { RunInput } from "../run/runService";
import { askValue, type AskedParameter } from "./askValue";
import { back } from "./inputSteps";
import { shownValue } from "./parameterWords";
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
  await parts.remembered.remember(
    asked.flatMap((parameter) => {
      const value = values.get(parameter.id);
      return value === undefined || isSecret(parameter, value)
        ? []
        : [[keyOf(parameter, input), value] as const];
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

/** Worth hiding by its name, or because the value is a credential itself, such as a URI with a password in it. */
function isSecret(parameter: RunParameter, { value }: EnteredValue): boolean {
  const literal = quoteLiteral(value ?? "");
  return parameter.isSecret || redactSql(literal) !== literal;
}

/** What a value is remembered by: a name means the same in every file, the first `?` does not. */
function keyOf({ id }: RunParameter, { statements, source }: RunInput): string {
  const file = statements[0]?.place?.uri.toString() ?? source;
  return /^[?\d]/.test(id) ? `${id} ${file}` : id;
}

/** The values of a statement's parameters; nothing for one without any. */
function givenTo(
  statement: number,
  asked: readonly RunParameter[],
  values: ReadonlyMap<string, EnteredValue>,
): { readonly parameters?: readonly StatementParameter[] } {
  const parameters = asked.flatMap((parameter) => {
    const value = values.get(parameter.id);
    return value === undefined
      ? []
      : parameter.at
          .filter((use) => use.statement === statement)
          .map(({ key }): StatementParameter => ({
            key,
            isSecret: isSecret(parameter, value),
            ...value,
          }));
  });
  return parameters.length === 0 ? {} : { parameters };
}

async function valuesOf(
  parts: ParameterParts,
  input: RunInput,
  asked: readonly RunParameter[],
): Promise<ReadonlyMap<string, EnteredValue> | undefined> {
  const known = new Map<string, EnteredValue>();
  for (const parameter of asked) {
    const value = parameter.isSecret
      ? undefined
      : parts.remembered.get(keyOf(parameter, input));
    if (value !== undefined) {
      known.set(parameter.id, value);
    }
  }
  if (known.size === asked.length) {
    const isSame = await askForSame(asked, known);
    if (isSame !== false) {
      return isSame ? known : undefined;
    }
  }
  const types = await engineTypes(parts, input, asked);
  return askEach(asked, ({ id }, values) => ({
    target: input.target,
    engineType: types.get(id) ?? null,
    known: values.get(id) ?? known.get(id),
  }));
}

/** Asks for one parameter after the other, and for the one before again when the user goes back. */
async function askEach(
  asked: readonly RunParameter[],
  about: (
    parameter: RunParameter,
    values: ReadonlyMap<string, EnteredValue>,
  ) => Pick<AskedParameter, "target" | "engineType" | "known">,
): Promise<ReadonlyMap<string, EnteredValue> | undefined> {
  const values = new Map<string, EnteredValue>();
  for (let at = 0; ;) {
    const parameter = asked[at];
    if (parameter === undefined) {
      return values;
    }
    const value = await askValue({
      ...about(parameter, values),
      parameter,
      step: vscode.l10n.t("{0} of {1}", at + 1, asked.length),
      canGoBack: at > 0,
    });
    if (value === undefined) {
      return undefined;
    }
    if (value === back) {
      at -= 1;
    } else {
      values.set(parameter.id, value);
      at += 1;
    }
  }
}

/** Offers the values of the last time; false for others, undefined when the user gave up. */
async function askForSame(
  asked: readonly RunParameter[],
  known: ReadonlyMap<string, EnteredValue>,
): Promise<boolean | undefined> {
  const same = {
    label: vscode.l10n.t("Run with the values of the last time"),
    detail: asked
      .map(
        ({ id, label }) =>
          `${label} = ${shownValue(known.get(id)?.value ?? null)}`,
      )
      .join(", "),
  };
  const others = { label: vscode.l10n.t("Enter values…") };
  const picked = await vscode.window.showQuickPick([same, others], {
    title: vscode.l10n.t("Parameters"),
    ignoreFocusOut: true,
  });
  return picked === undefined ? undefined : picked === same;
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
