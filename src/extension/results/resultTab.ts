import type { RunTarget } from "../../protocol/engine";
import type {
  RunView,
  StatementView,
  TabRows,
  TabView,
} from "../../protocol/panel";
import type { DocumentStatement } from "../run/runDiagnostics";

/** What a tab's run was given, to run it again. */
export interface TabInput {
  readonly target: RunTarget;
  readonly source: string;
  readonly statements: readonly DocumentStatement[];
}

/** One tab of results as the host knows it. */
export interface ResultTab {
  readonly tabId: string;
  /** Document and target: the next run of the same takes this tab's place. */
  readonly key: string;
  readonly title: string;
  readonly run: RunView;
  /** Null when the statements are not known as they were: only redacted texts are kept in files. */
  readonly input: TabInput | null;
  readonly pinned: boolean;
  readonly rows: TabRows;
  readonly problem: string | null;
  /** It has a place among the panel's tabs. */
  readonly listed: boolean;
  /** Editors that show it beside. */
  readonly beside: number;
  /** Grows with each tab that is shown: the least goes first. */
  readonly shownAt: number;
}

/** The tab as a page sees it. */
export function viewOf(tab: ResultTab): TabView {
  const { tabId, title, pinned, run, rows, problem } = tab;
  const { runId, target, native, startedAt, state } = run;
  return {
    tabId,
    title,
    pinned,
    runId,
    target,
    native,
    startedAt,
    state,
    rows,
    problem,
    canRerun: tab.input !== null,
  };
}

/** True until the last statement of its run has ended. */
export function isLive({ run }: Pick<ResultTab, "run">): boolean {
  return run.state === "running" || run.state === "cancelling";
}

/** The results of a run: their names in the engine, and how many rows each has. */
export function rowsOfRun(
  run: RunView,
): readonly { readonly resultId: string; readonly rowCount: number }[] {
  return run.statements.flatMap(({ result, outcome }) => {
    const { resultId, rowCount } = outcome ??
      result ?? { resultId: null, rowCount: 0 };
    return resultId === null ? [] : [{ resultId, rowCount }];
  });
}

/** The results of a run, by their names in the engine. */
export function resultIdsOf(run: RunView): readonly string[] {
  return rowsOfRun(run).map(({ resultId }) => resultId);
}

/** True for a statement some of whose values are not the server's own. */
export function hasChangedValues({ result, outcome }: StatementView): boolean {
  return (
    (outcome?.exactWays ?? []).length > 0 ||
    (result?.columns ?? []).some(({ inexact }) => inexact !== undefined)
  );
}

/** The run with its results under other names; where there is no name, it keeps its own. */
export function renameResults(
  run: RunView,
  names: ReadonlyMap<string, string>,
): RunView {
  const renamed = (resultId: string): string => names.get(resultId) ?? resultId;
  const statements = run.statements.map((statement) => {
    const { result, outcome } = statement;
    return {
      ...statement,
      result:
        result === null
          ? null
          : { ...result, resultId: renamed(result.resultId) },
      outcome:
        outcome?.resultId == null
          ? outcome
          : { ...outcome, resultId: renamed(outcome.resultId) },
    };
  });
  return { ...run, statements };
}

/** Which tab a run belongs to: that of its document and target; of its source where there is no document. */
export function keyOf({
  target,
  source,
  statements,
}: {
  readonly target: RunTarget;
  readonly source: string;
  readonly statements: readonly {
    readonly place: { readonly uri: { toString(): string } } | null;
  }[];
}): string {
  const document = statements[0]?.place?.uri.toString();
  return JSON.stringify([
    target.engine === "postgres" ? target.alias : null,
    document ?? null,
    document === undefined ? source : null,
  ]);
}

/** The name of a tab that the user has not renamed: a file's without its folders. */
export function titleOf(source: string): string {
  return source.split(/[\\/]/).at(-1) ?? source;
}
