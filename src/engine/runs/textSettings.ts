import type { Connection } from "../duckdb";
import type { StoredColumn } from "../storedColumn";
import type { TextSettings } from "../results/resultStore";

/** Without columns on which the settings tell. */
const utc: TextSettings = { timeZone: "UTC", calendar: "gregorian" };

/** Settings on which the text of these columns depends; read before the stream, which they would end. */
export async function textSettings(
  connection: Connection,
  columns: readonly StoredColumn[],
): Promise<TextSettings> {
  return columns.some(({ storage }) => /TIME ZONE|VARIANT|UNION/.test(storage))
    ? allTextSettings(connection)
    : utc;
}

/** The same where the columns are not known yet. */
export async function allTextSettings(
  connection: Connection,
): Promise<TextSettings> {
  const [row] = await connection.rows(
    "SELECT current_setting('TimeZone')::VARCHAR, current_setting('Calendar')::VARCHAR",
  );
  return {
    timeZone: row?.[0] ?? utc.timeZone,
    calendar: row?.[1] ?? utc.calendar,
  };
}

/** The zone in which a result's times are shown; null where no time has one. */
export function zoneOf(
  columns: readonly StoredColumn[],
  { timeZone }: TextSettings,
): string | null {
  return columns.some(({ storage }) =>
    storage.includes("TIMESTAMP WITH TIME ZONE"),
  )
    ? timeZone
    : null;
}
