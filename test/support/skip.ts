/** Skips the test, or the suite whose hook calls it, and says why: the reason is told at the end of `npm test`. */
export function skipBecause(context: Mocha.Context, reason: string): never {
  const runnable = context.runnable();
  const named =
    runnable.type === "hook" ? (runnable.parent ?? runnable) : runnable;
  named.title += ` (skipped: ${reason})`;
  context.skip();
}
