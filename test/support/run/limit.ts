/** How long a suite may take, and what is said of one that takes longer. */
export interface Limit {
  readonly milliseconds: number;
  readonly reason: string;
}

/**
 * The limit of a suite, or what is left for the whole run where that is less. CI ends a run that takes too long without
 * a word: `VIADUCT_TEST_UNTIL`, in seconds since 1970, is when the run ends itself and says what it has not come to.
 */
export function limitOf(
  minutes: number,
  untilSeconds: string | undefined,
  now: number,
): Limit {
  const own = minutes * 60_000;
  const left =
    untilSeconds === undefined ? Infinity : Number(untilSeconds) * 1000 - now;
  return own <= left
    ? { milliseconds: own, reason: `did not end within ${minutes} minutes` }
    : {
        milliseconds: Math.max(0, left),
        reason: "did not end before the time of the whole run was over",
      };
}
