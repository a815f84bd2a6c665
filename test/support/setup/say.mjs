// Progress and failures in words. A SetupError is for the user: what is wrong, and what to do next.

/** A failure that the user can do something about; its message is shown without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} problem what is wrong, one sentence
   * @param {string[]} nextSteps what the user can do, most likely first
   */
  constructor(problem, nextSteps = []) {
    super([problem, ...nextSteps.map((step) => `  → ${step}`)].join("\n"));
    this.name = "SetupError";
  }
}

/** One line of progress. */
export function say(message) {
  console.log(`• ${message}`);
}

/** A line about something that does not stop the set-up. */
export function warn(message) {
  console.warn(`! ${message}`);
}

/** Text of an error, without a stack. */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
