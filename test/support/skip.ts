/** Skips the test, or the suite whose hook calls it, and says why: the reason is told at the end of `npm test`. */
export function skipBecause(context: Mocha.Context, reason: string): never {
  const runnable = context.runnable();
  // A hook's title is `"before all" hook`: what it skips is the suite.
  const named = runnable.title.startsWith('"') ? runnable.parent : runnable;
  if (named !== undefined) named.title += ` (skipped: ${reason})`;
  context.skip();
}
