import { isSecretName } from "../core/connections/secretWords";
import type { ResultColumn } from "../core/results/result";
import type { ResultFilter } from "../core/results/view";
import type { RunView, StatementView } from "../protocol/panel";
import type { GridModel } from "./grid/gridModel";
import { columnName } from "./filter/filterTexts";
import type { Look } from "./viewState";

/** The name under which a statement's look is kept: its text, and which of several with this text it is. */
export function lookName(run: RunView, { text, index }: StatementView): string {
  const before = run.statements.slice(0, index);
  const same = before.filter((each) => each.text === text).length;
  return `${digest(text)}/${same}`;
}

/** How a result is arranged, sorted and filtered; null when it is as it came. */
export function lookOf(model: GridModel, startedAt: number): Look | null {
  const { arrangement, view, columns } = model;
  const { sort, filters } = view.wanted;
  const isPlain =
    arrangement.isUntouched && sort.length === 0 && filters.length === 0;
  return isPlain
    ? null
    : {
        startedAt,
        columns: columnsKey(columns),
        arrangement: arrangement.state(),
        sort,
        filters,
        private: filters.flatMap((filter, at) =>
          isPrivate(filter, columns) ? [at] : [],
        ),
      };
}

/**
 * The look that a result begins with: its own, or that of the same statement's run before. For another statement with
 * the same columns the arrangement only: its rows are others.
 */
export function findLook(
  looks: Readonly<Record<string, Look>>,
  name: string,
  columns: readonly ResultColumn[],
): Look | undefined {
  const key = columnsKey(columns);
  const own = looks[name];
  if (own?.columns === key) return own;
  const alike = Object.values(looks).findLast((look) => look.columns === key);
  return alike === undefined ? undefined : { ...alike, sort: [], filters: [] };
}

/** Gives a new result a look; `startedAt` is when its run began. */
export function applyLook(
  model: GridModel,
  { arrangement, sort, filters, startedAt: since }: Look,
  startedAt: number,
): void {
  // Before the first rows, which give the other columns their widths.
  model.arrangement.restore(arrangement);
  if (sort.length === 0 && filters.length === 0) return;
  const { top } = model;
  const stop = model.view.onRowsReplaced(() => {
    stop();
    // These rows are the ones that the place was in.
    if (since === startedAt) model.top = top;
  });
  model.view.set({ sort, filters, carried: since !== startedAt });
}

/** What is stored outlives the window: a value that stands beside a secret's name is not for that. */
function isPrivate(
  filter: ResultFilter,
  columns: readonly ResultColumn[],
): boolean {
  switch (filter.kind) {
    case "null":
      return false;
    case "compare":
    case "values":
      return isSecretName(columnName(columns, filter.column));
    case "expression":
      return isSecretName(filter.sql);
  }
}

function columnsKey(columns: readonly ResultColumn[]): string {
  return digest(JSON.stringify(columns.map(({ name, type }) => [name, type])));
}

/** 53 bits of a text (cyrb53): texts of statements are not stored. */
function digest(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a =
    Math.imul(a ^ (a >>> 16), 2246822507) ^
    Math.imul(b ^ (b >>> 13), 3266489909);
  b =
    Math.imul(b ^ (b >>> 16), 2246822507) ^
    Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
