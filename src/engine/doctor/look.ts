import type { Fact } from "../../core/doctor/facts";
import { viaductError } from "../../core/errors/makeError";
import { toErrorInfo } from "../../core/errors/viaductError";

/** So long one look may take: a checklist that waits for one server is of no use for the others. */
export const lookMs = 5_000;

/** The same fact about what a function makes of its value. */
export function mapFact<T, U>(fact: Fact<T>, make: (value: T) => U): Fact<U> {
  return fact.ok ? { ok: true, value: make(fact.value) } : fact;
}

/** The outcome of a look, whatever it is; `onTimeout` ends what does not answer. */
export async function look<T>(
  what: string,
  task: () => Promise<T>,
  onTimeout: () => void = () => undefined,
  ms = lookMs,
): Promise<Fact<T>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onTimeout();
      reject(
        viaductError(
          "statementTimeout",
          `${what}: no answer within ${ms / 1000} seconds.`,
        ),
      );
    }, ms);
  });
  try {
    return { ok: true, value: await Promise.race([task(), tooLong]) };
  } catch (error) {
    return { ok: false, problem: toErrorInfo(error) };
  } finally {
    clearTimeout(timer);
  }
}
