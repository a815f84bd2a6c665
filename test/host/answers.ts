import assert from "node:assert/strict";
import * as vscode from "vscode";
import { pick, type Answer, type Item } from "./answer";
import { answerBox, answerPick, madeBox, madePick } from "./madeInputs";

/** What was asked and told, for a look at it. */
export interface Asked {
  readonly questions: readonly string[];
  readonly messages: readonly string[];
  /** All that was handed to VS Code to be shown, as JSON. */
  readonly shown: readonly string[];
}

type Show = (...args: unknown[]) => unknown;

const messages = [
  "showInformationMessage",
  "showWarningMessage",
  "showErrorMessage",
] as const;

/** Answers what Viaduct asks while `work` runs, in this order; every answer has to be needed. */
export async function answering<T>(
  answers: readonly Answer[],
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly asked: Asked }> {
  const left = [...answers];
  const asked = {
    questions: [] as string[],
    messages: [] as string[],
    shown: [] as string[],
  };
  // A command tells a failure as a message: what is wrong here must not end there.
  const wrong: unknown[] = [];
  const noting = async (work: () => unknown): Promise<unknown> => {
    try {
      return await work();
    } catch (error) {
      wrong.push(error);
      return undefined;
    }
  };
  const restore = replaceQuestions({
    showQuickPick: (items, options) => {
      asked.questions.push(titleOf(options));
      return noting(async () => {
        const all = await (items as Promise<readonly Item[]>);
        asked.shown.push(JSON.stringify([all, options]));
        return pick(all, left.shift());
      });
    },
    showInputBox: (options) => {
      asked.questions.push(titleOf(options));
      asked.shown.push(JSON.stringify(options));
      return noting(() =>
        type(options as vscode.InputBoxOptions, left.shift()),
      );
    },
    createQuickPick: () =>
      madePick((made) => {
        asked.questions.push(made.title ?? "");
        asked.shown.push(JSON.stringify(made));
        return noting(() => {
          answerPick(made, left.shift());
        });
      }),
    createInputBox: () =>
      madeBox((made) => {
        asked.questions.push(made.title ?? "");
        asked.shown.push(JSON.stringify(made));
        return noting(() => {
          answerBox(made, left.shift());
        });
      }),
    ...Object.fromEntries(
      messages.map((name) => [
        name,
        (text: unknown, ...rest: unknown[]) => {
          asked.shown.push(JSON.stringify([text, ...rest]));
          asked.messages.push(
            [text, ...rest.map((each) => detailOf(each))].join(" "),
          );
          const [next] = left;
          const button = next !== undefined && "press" in next ? next : null;
          if (button === null || !rest.includes(button.press)) {
            return undefined;
          }
          left.shift();
          return button.press;
        },
      ]),
    ),
  });
  try {
    const result = await work();
    if (wrong.length > 0) {
      throw wrong[0];
    }
    assert.deepEqual(
      left,
      [],
      `asked only: ${asked.questions.join(" | ")}; ${JSON.stringify(result)}`,
    );
    return { result, asked };
  } finally {
    restore();
  }
}

async function type(
  options: vscode.InputBoxOptions,
  answer: Answer | undefined,
): Promise<string | undefined> {
  assert.ok(answer, `not expected: ${titleOf(options)}`);
  if ("dismiss" in answer) {
    return undefined;
  }
  assert.ok(
    "type" in answer,
    `${titleOf(options)} wants text, not ${JSON.stringify(answer)}`,
  );
  for (const refused of answer.refused ?? []) {
    assert.ok(
      await options.validateInput?.(refused),
      `${refused} is not refused`,
    );
  }
  assert.equal(await options.validateInput?.(answer.type), undefined);
  return answer.type;
}

function titleOf(options: unknown): string {
  return (options as { title?: string } | undefined)?.title ?? "";
}

function detailOf(part: unknown): string {
  return typeof part === "object" && part !== null && "detail" in part
    ? String(part.detail)
    : "";
}

function replaceQuestions(stubs: Readonly<Record<string, Show>>): () => void {
  const window = vscode.window as unknown as Record<string, Show>;
  const before = Object.keys(stubs).map(
    (name) => [name, window[name]] as const,
  );
  Object.assign(window, stubs);
  return () => {
    Object.assign(window, Object.fromEntries(before));
  };
}
