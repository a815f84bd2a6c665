/** Path of a Chromium that is there already, or null. */
export function findChromium(): Promise<string | null>;
