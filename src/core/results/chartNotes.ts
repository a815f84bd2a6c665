/** What a chart does not draw as it is, in sentences. */

/** A number of things, with its digits in groups. */
export function countOf(count: number, one: string, several: string): string {
  const digits = String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${digits} ${count === 1 ? one : several}`;
}

/** A column as a sentence names it. */
export function columnName(name: string, index: number): string {
  return name === "" ? `column ${index + 1}` : `"${name}"`;
}

/** Rows without a place on the axis. */
export function withoutPlace(rows: number, column: string): string[] {
  return rows <= 0
    ? []
    : [
        `${countOf(rows, "row has", "rows have")} no place on the axis: ${column} is NULL or no finite value there.`,
      ];
}

/** Places that there is no room for. */
export function placesLeftOut(
  places: number,
  rows: number,
  column: string,
): string[] {
  return places <= 0
    ? []
    : [
        `${countOf(places, "less frequent value", "less frequent values")} of ${column} (${countOf(rows, "row", "rows")}) ${places === 1 ? "is" : "are"} left out.`,
      ];
}

/** Rows of which only some are drawn. */
export function sampled(drawn: number, rows: number): string[] {
  return drawn >= rows
    ? []
    : [
        `${countOf(drawn, "row", "rows")} of ${countOf(rows, "row is", "rows are").replace(/ rows? /, " ")} drawn: a random sample, the same one each time.`,
      ];
}

/** Values that are grouped on the axis. */
export function grouped(column: string, by: string): string {
  return `${column} is grouped by ${by}.`;
}

/** Series that share one. */
export function seriesShared(count: number, column: string): string {
  return `${countOf(count, "less frequent value", "less frequent values")} of ${column} ${count === 1 ? "is" : "are"} drawn together.`;
}

/** Points beyond the limit, where no unit is large enough. */
export function cutOff(points: number, limit: number): string[] {
  return points <= limit
    ? []
    : [`Only the first ${countOf(limit, "point", "points")} are drawn.`];
}
