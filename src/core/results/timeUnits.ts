/** Units that times are grouped by, with their length in microseconds, the shortest first. */
const units: readonly (readonly [unit: string, length: number])[] = [
  ["millisecond", 1e3],
  ["second", 1e6],
  ["minute", 6e7],
  ["hour", 3.6e9],
  ["day", 8.64e10],
  ["week", 6.048e11],
  ["month", 2.4192e12],
  ["quarter", 7.776e12],
  ["year", 3.1536e13],
  ["decade", 3.1536e14],
  ["century", 3.1536e15],
  ["millennium", 3.1536e16],
];

/** The shortest unit of which no more than `most` are in a time of so many microseconds. */
export function unitFor(micros: number, most: number): string {
  return (
    units.find(([, length]) => micros / length + 2 <= most)?.[0] ?? "millennium"
  );
}

/** The last millisecond that a JavaScript date can be. */
const lastMs = 8_640_000_000_000_000n;

/** Microseconds since 1970 as an ISO text. */
export function isoText(micros: bigint): string {
  const ms = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n);
  const rest = micros - ms * 1000n;
  const bounded = ms > lastMs ? lastMs : ms < -lastMs ? -lastMs : ms;
  const text = new Date(Number(bounded)).toISOString();
  return rest === 0n
    ? text
    : `${text.slice(0, -1)}${rest.toString().padStart(3, "0")}Z`;
}
