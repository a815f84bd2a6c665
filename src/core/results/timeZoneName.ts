/**
 * True for the name of a time zone, such as `Europe/Berlin` or `utc`. An offset is none: there is no session that could be
 * set to it.
 */
export function isTimeZoneName(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) {
    return false;
  }
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
