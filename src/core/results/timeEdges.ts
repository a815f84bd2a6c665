/** Equal ranges of time, by the calendar. Times are microseconds since 1970, of a clock without a zone. */

const second = 1_000_000n;
const minute = 60n * second;
const hour = 60n * minute;
const day = 24n * hour;

/** A distance between two edges: so many microseconds, or months. */
type Step =
  | { readonly unit: "micros"; readonly size: bigint }
  | { readonly unit: "months"; readonly size: number };

const micros = (size: bigint): Step => ({ unit: "micros", size });
const months = (size: number): Step => ({ unit: "months", size });

const steps: readonly Step[] = [
  ...[1n, 10n, 100n, 1_000n, 10_000n, 100_000n].flatMap((power) =>
    [1n, 2n, 5n].map((factor) => micros(power * factor)),
  ),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => micros(count * second)),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => micros(count * minute)),
  ...[1n, 2n, 3n, 6n, 12n].map((count) => micros(count * hour)),
  ...[1n, 2n, 7n, 14n].map((count) => micros(count * day)),
  ...[1, 3, 6].map(months),
  ...[1, 10, 100, 1_000, 10_000, 100_000].flatMap((power) =>
    [1, 2, 5].map((factor) => months(12 * power * factor)),
  ),
];

/**
 * Edges over the times from `least` to `greatest`, at most `bins` and two ranges: whole seconds, hours, days, months,
 * years, … With `wholeDays` no range is less than a day, and a few days have one each. All equal: that time twice.
 */
export function timeEdges(
  least: bigint,
  greatest: bigint,
  { bins, wholeDays }: { readonly bins: number; readonly wholeDays: boolean },
): bigint[] {
  if (least === greatest) {
    return [least, greatest];
  }
  const distance = greatest - least;
  if (wholeDays && distance < BigInt(bins) * day) {
    return edgesOf(micros(day), least, greatest + 1n);
  }
  const step =
    steps.find(
      (each) =>
        (!wholeDays || lengthOf(each) >= day) &&
        lengthOf(each) * BigInt(bins) >= distance,
    ) ?? months(12_000_000);
  return edgesOf(step, least, greatest);
}

function lengthOf(step: Step): bigint {
  // The shortest year has 365 days, and a month is at least a twelfth of it but for February.
  return step.unit === "micros"
    ? step.size
    : (BigInt(step.size) * 365n * day) / 12n;
}

function edgesOf(step: Step, least: bigint, greatest: bigint): bigint[] {
  const edges: bigint[] = [];
  const at = edgeAt(step);
  let index = startIndex(step, least);
  do {
    edges.push(at(index));
    index += 1n;
  } while ((edges[edges.length - 1] ?? greatest) < greatest);
  return edges;
}

/** The first day of 1970 was a Thursday: weeks begin on Mondays. */
const monday = -3n * day;

function edgeAt(step: Step): (index: bigint) => bigint {
  return step.unit === "micros"
    ? (index) => index * step.size + offsetOf(step.size)
    : (index) => monthStart(index * BigInt(step.size));
}

function offsetOf(size: bigint): bigint {
  return size % (7n * day) === 0n ? monday : 0n;
}

function startIndex(step: Step, least: bigint): bigint {
  return step.unit === "micros"
    ? floorDivide(least - offsetOf(step.size), step.size)
    : floorDivide(monthOf(least), BigInt(step.size));
}

/** Months since the year 0 of a time. */
function monthOf(time: bigint): bigint {
  const { year, month } = civil(floorDivide(time, day));
  return year * 12n + BigInt(month - 1);
}

function monthStart(months: bigint): bigint {
  const year = floorDivide(months, 12n);
  return daysBefore(year, Number(months - year * 12n) + 1) * day;
}

/** Days from 1970 to the first of a month (Howard Hinnant's `days_from_civil`). */
function daysBefore(year: bigint, month: number): bigint {
  const shifted = month <= 2 ? year - 1n : year;
  const era = floorDivide(shifted, 400n);
  const yearOfEra = shifted - era * 400n;
  const dayOfYear = BigInt(
    Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5),
  );
  const dayOfEra =
    yearOfEra * 365n + yearOfEra / 4n - yearOfEra / 100n + dayOfYear;
  return era * 146_097n + dayOfEra - 719_468n;
}

/** Year and month of a day since 1970 (`civil_from_days`). */
function civil(days: bigint): {
  readonly year: bigint;
  readonly month: number;
} {
  const shifted = days + 719_468n;
  const era = floorDivide(shifted, 146_097n);
  const dayOfEra = shifted - era * 146_097n;
  const yearOfEra =
    (dayOfEra - dayOfEra / 1_460n + dayOfEra / 36_524n - dayOfEra / 146_096n) /
    365n;
  const dayOfYear =
    dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
  const shiftedMonth = Number((5n * dayOfYear + 2n) / 153n);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400n + (month <= 2 ? 1n : 0n), month };
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
