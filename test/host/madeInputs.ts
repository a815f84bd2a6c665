import assert from "node:assert/strict";
import * as vscode from "vscode";
import { pick, type Answer } from "./answer";

/** What inputs that were made by hand have in common, as far as Viaduct uses it. */
class MadeInput {
  title?: string;
  placeholder?: string;
  buttons: readonly vscode.QuickInputButton[] = [];
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #hidden = new vscode.EventEmitter<void>();
  readonly #pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
  readonly #typed = new vscode.EventEmitter<string>();
  value = "";

  constructor(private readonly shown: (input: MadeInput) => unknown) {}

  get onDidAccept() {
    return this.#accepted.event;
  }
  get onDidHide() {
    return this.#hidden.event;
  }
  get onDidTriggerButton() {
    return this.#pressed.event;
  }
  get onDidChangeValue() {
    return this.#typed.event;
  }

  /** What a user does comes later, as in a window. */
  show(): void {
    setImmediate(() => this.shown(this));
  }

  accept(): void {
    this.#accepted.fire();
  }

  hide(): void {
    this.#hidden.fire();
  }

  type(value: string): void {
    this.value = value;
    this.#typed.fire(value);
  }

  /** Presses the button that goes back; it has to be there. */
  goBack(): void {
    assert.deepEqual(
      this.buttons,
      [vscode.QuickInputButtons.Back],
      `${this.title ?? ""} has no way back`,
    );
    this.#pressed.fire(vscode.QuickInputButtons.Back);
  }

  dispose(): void {
    this.#hidden.fire();
  }
}

/** A `QuickPick` that nobody sees. */
class MadePick extends MadeInput {
  items: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
}

/** An `InputBox` that nobody sees. */
class MadeBox extends MadeInput {
  password = false;
  prompt?: string;
  validationMessage?: string;
}

/** Makes a pick; `shown` hears when it is shown. */
export function madePick(shown: (made: MadePick) => unknown): MadePick {
  const made: MadePick = new MadePick(() => shown(made));
  return made;
}

/** Makes an input box; `shown` hears when it is shown. */
export function madeBox(shown: (made: MadeBox) => unknown): MadeBox {
  const made: MadeBox = new MadeBox(() => shown(made));
  return made;
}

/** Does with a pick what the next answer says. */
export function answerPick(made: MadePick, answer: Answer | undefined): void {
  if (answer !== undefined && "back" in answer) {
    made.goBack();
    return;
  }
  if (answer !== undefined && "pick" in answer && answer.typed !== undefined) {
    made.type(answer.typed);
  }
  const item = pick(made.items, answer);
  if (item === undefined) {
    made.hide();
  } else {
    made.selectedItems = [item];
    made.accept();
  }
}

/** Does with an input box what the next answer says. */
export function answerBox(made: MadeBox, answer: Answer | undefined): void {
  assert.ok(answer, `not expected: ${made.title ?? ""}`);
  if ("back" in answer) {
    made.goBack();
    return;
  }
  if ("dismiss" in answer) {
    made.hide();
    return;
  }
  assert.ok(
    "type" in answer,
    `${made.title ?? ""} wants text, not ${JSON.stringify(answer)}`,
  );
  for (const refused of answer.refused ?? []) {
    made.type(refused);
    made.accept();
    assert.ok(made.validationMessage, `${refused} is not refused`);
  }
  made.type(answer.type);
  assert.equal(made.validationMessage, undefined);
  made.accept();
}
