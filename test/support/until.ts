import { setTimeout as pause } from "node:timers/promises";

const INTERVAL_MS = 50;

/**
 * Polls until the probe gives something that is not null, undefined or false, and returns it. Fails with what was
 * awaited and the probe's last error.
 */
export async function until<T>(
  what: string,
  probe: Probe<T>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const attempt = await tryOnce(probe);
    if ("value" in attempt) return attempt.value;
    if (Date.now() >= deadline) {
      throw new Error(`waited ${timeoutMs} ms for ${what}${attempt.reason}`);
    }
    await pause(INTERVAL_MS);
  }
}

type Probe<T> = () =>
  T | null | undefined | false | Promise<T | null | undefined | false>;

async function tryOnce<T>(
  probe: Probe<T>,
): Promise<{ readonly value: T } | { readonly reason: string }> {
  try {
    const value = await probe();
    return value === null || value === undefined || value === false
      ? { reason: "" }
      : { value };
  } catch (error) {
    return {
      reason: `: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
