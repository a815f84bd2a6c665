/** Longest time between two looks at a server that is waited for. */
const longestMs = 60_000;

/**
 * Waits for `task`, and looks now and then whether the server is still there: a network that went away without a word
 * would let it wait for ever. `look` ends what waits when the server is gone.
 */
export async function watching<T>(
  task: Promise<T>,
  firstMs: number,
  look: () => Promise<void>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const plan = (delay: number): void => {
    timer = setTimeout(() => {
      void look()
        .catch(() => undefined)
        .then(() => {
          if (!isOver) {
            plan(Math.min(delay * 2, longestMs));
          }
        });
    }, delay);
  };
  plan(firstMs);
  try {
    return await task;
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}
