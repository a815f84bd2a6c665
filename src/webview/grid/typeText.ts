/** What a column's header says of its type: with the zone in which its times are shown, when they have one. */
export function typeText(type: string, timeZone: string | null): string {
  return timeZone !== null && hasZone(type) ? `${type} · ${timeZone}` : type;
}

/** Types whose text depends on the session's time zone, by both engines' words. */
function hasZone(type: string): boolean {
  return /^(?:timestamptz|timestamp(?: ?\(\d\))? with time zone)(?:\b|\[)/i.test(
    type,
  );
}
