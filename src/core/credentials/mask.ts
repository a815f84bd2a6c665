/** A value as it may be shown: how it begins when it is long enough to keep the rest secret, and how long it is. */
export function masked(value: string): string {
  const count = characterCount(value);
  const shown = count >= 6 ? value.slice(0, 2) : "";
  const safe = /^[\x20-\x7e]*$/.test(shown) ? shown : "";
  return `${safe}••••, ${count} ${count === 1 ? "character" : "characters"}`;
}

/** Characters as a reader counts them: those beyond the first plane are one each, though a text holds two units. */
function characterCount(value: string): number {
  return (
    value.length - (value.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
  );
}
