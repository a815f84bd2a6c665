import * as vscode from "vscode";
import { DisposableStore } from "../lifetime/disposableStore";

/** What a step of several answers when the user goes back to the one before. */
export const back = Symbol("back");

/** The answer of a step; undefined when the user gave up. */
export type StepAnswer<T> = T | typeof back | undefined;

/** What every step is told. */
interface Step {
  readonly title: string;
  readonly placeholder: string;
  /** There is a step before it. */
  readonly canGoBack: boolean;
}

/** A step that is a choice. */
export interface PickStep<T extends vscode.QuickPickItem> extends Step {
  readonly items: readonly T[];
  /** What can be chosen, before the items, because of what is typed. */
  readonly typed?: (text: string) => readonly T[];
}

/** A step that is a text. */
export interface TextStep extends Step {
  readonly prompt: string;
  readonly value: string;
  readonly isPassword: boolean;
  /** What is wrong with a text; undefined when nothing is. */
  readonly validate: (text: string) => string | undefined;
}

/** Lets the user choose; the first item is what Enter takes. */
export function pickStep<T extends vscode.QuickPickItem>(
  step: PickStep<T>,
): Promise<StepAnswer<T>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.items = step.items;
  pick.matchOnDescription = true;
  pick.placeholder = step.placeholder;
  return ask(pick, step, (answer) => {
    const store = new DisposableStore();
    store.add(
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item !== undefined) {
          answer(item);
        }
      }),
    );
    const { typed } = step;
    if (typed !== undefined) {
      store.add(
        pick.onDidChangeValue((text) => {
          pick.items = [...typed(text), ...step.items];
        }),
      );
    }
    return store;
  });
}

/** Lets the user type; what is wrong is said, and not taken. */
export function textStep(step: TextStep): Promise<StepAnswer<string>> {
  const box = vscode.window.createInputBox();
  box.value = step.value;
  box.password = step.isPassword;
  box.prompt = step.prompt;
  box.placeholder = step.placeholder;
  const check = (): boolean => {
    const problem = step.validate(box.value);
    box.validationMessage = problem;
    return problem === undefined;
  };
  return ask(box, step, (answer) => {
    const store = new DisposableStore();
    store.add(box.onDidChangeValue(check));
    store.add(
      box.onDidAccept(() => {
        if (check()) {
          answer(box.value);
        }
      }),
    );
    return store;
  });
}

async function ask<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, canGoBack }: Step,
  listen: (answer: (value: T) => void) => { dispose(): unknown },
): Promise<StepAnswer<T>> {
  input.title = title;
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  const store = new DisposableStore();
  store.add(input);
  try {
    return await new Promise<StepAnswer<T>>((resolve) => {
      store.add(listen(resolve));
      store.add(
        input.onDidTriggerButton(() => {
          resolve(back);
        }),
      );
      store.add(
        input.onDidHide(() => {
          resolve(undefined);
        }),
      );
      input.show();
    });
  } finally {
    store.dispose();
  }
}
