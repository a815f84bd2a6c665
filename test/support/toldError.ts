import assert from "node:assert/strict";
import type {
  ErrorAction,
  ErrorClass,
  ErrorInfo,
} from "../../src/core/errors/errorInfo";

/** What a user is told of an error: the class, words of its cause and of the next step, and what is offered. */
export interface Told {
  readonly class: ErrorClass;
  readonly message: RegExp;
  readonly hint: RegExp;
  readonly actions: readonly ErrorAction[];
}

/** The error tells what it has to. */
export function assertTold(error: ErrorInfo, told: Told): void {
  assert.equal(error.class, told.class, error.message);
  assert.match(error.message, told.message);
  assert.match(error.hint, told.hint);
  for (const action of told.actions) {
    assert.ok(
      error.actions.includes(action),
      `${action} is among ${error.actions.join(", ")}`,
    );
  }
}
