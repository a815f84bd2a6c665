import {
  findParameters,
  parametersOf,
  type Parameter,
  type SqlDialect,
} from "./parameters";

/** A parameter of a run: a value for it serves every statement that names it. */
export interface RunParameter extends Pick<Parameter, "label" | "isSecret"> {
  /** The name in lower case, the number, or `?2` for the second `?` of the run: each `?` is one of its own. */
  readonly id: string;
  /** Where it is used: the statement's index, and the parameter's key in that. */
  readonly at: readonly { readonly statement: number; readonly key: string }[];
}

/** The parameters of statements that are run together, each once, in the order of their first use. */
export function runParameters(
  statements: readonly { readonly text: string }[],
  dialect: SqlDialect,
): RunParameter[] {
  const found = new Map<string, RunParameter>();
  let questions = 0;
  statements.forEach(({ text }, statement) => {
    for (const one of parametersOf(findParameters(text, dialect))) {
      const isQuestion = one.key.startsWith("?");
      questions += isQuestion ? 1 : 0;
      const id = isQuestion ? `?${questions}` : one.key;
      const known = found.get(id);
      found.set(id, {
        id,
        label: known?.label ?? (isQuestion ? id : one.label),
        isSecret: one.isSecret || known?.isSecret === true,
        at: [...(known?.at ?? []), { statement, key: one.key }],
      });
    }
  });
  return [...found.values()];
}
