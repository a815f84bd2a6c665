import assert from "node:assert/strict";
import type * as vscode from "vscode";

/** What a user does with the next question. */
export type Answer =
  /** Picks the first entry whose label or description fits, once something is typed, if it is. */
  | { readonly pick: RegExp; readonly typed?: string }
  /** Types; each of `refused` is told to be wrong before. */
  | { readonly type: string; readonly refused?: readonly string[] }
  /** Goes back to the question before. */
  | { readonly back: true }
  /** Presses a button of a message, or closes it. */
  | { readonly press: string | undefined }
  | { readonly dismiss: true };

/** An entry of a list. */
export type Item = vscode.QuickPickItem | string;

/** The item that an answer means; undefined where it closes the question. */
export function pick<T extends Item>(
  items: readonly T[],
  answer: Answer | undefined,
): T | undefined {
  assert.ok(answer, `not expected: ${JSON.stringify(items).slice(0, 300)}`);
  if ("dismiss" in answer) {
    return undefined;
  }
  assert.ok("pick" in answer, `a pick, not ${JSON.stringify(answer)}`);
  const found = items.find((item) =>
    answer.pick.test(
      typeof item === "string"
        ? item
        : `${item.label} ${item.description ?? ""}`.trim(),
    ),
  );
  assert.ok(
    found,
    `${String(answer.pick)} is not among ${JSON.stringify(items).slice(0, 2_000)}`,
  );
  return found;
}
