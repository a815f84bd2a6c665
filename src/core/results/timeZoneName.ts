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

/** Names that places have now, of zones that `Intl` lists under those that they had. */
const newerNames = [
  ...["Africa/Asmara", "America/Argentina/Buenos_Aires", "America/Atikokan"],
  ...["America/Indiana/Indianapolis", "America/Kentucky/Louisville"],
  ...["America/Nuuk", "Asia/Ho_Chi_Minh", "Asia/Kathmandu", "Asia/Kolkata"],
  ...["Asia/Yangon", "Atlantic/Faroe", "Europe/Kyiv", "Pacific/Chuuk"],
  ...["Pacific/Kanton", "Pacific/Pohnpei"],
];

/** Names of time zones that a user may choose from, in order; the user's own and UTC before the others. */
export function timeZoneNames(): readonly string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = [...Intl.supportedValuesOf("timeZone"), ...newerNames];
  return [...new Set([own, "UTC", ...all.filter(isTimeZoneName).sort()])];
}
