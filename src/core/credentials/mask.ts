/** A value as it may be shown: how it begins when it is long enough to keep the rest secret, and how long it is. */
export function masked(value: string): string {
  const characters = Array.from(value);
  const shown = characters.length >= 6 ? characters.slice(0, 2).join("") : "";
  const safe = /^[\x20-\x7e]*$/.test(shown) ? shown : "";
  return `${safe}••••, ${characters.length} ${characters.length === 1 ? "character" : "characters"}`;
}
