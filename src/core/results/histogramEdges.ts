import {
  compareDecimals,
  exactDecimal,
  withoutTrailingZeros,
  type ExactDecimal,
} from "./exactDecimal";

/** Values that edges are chosen for, and how many ranges there may be. */
export interface NumberRange {
  readonly least: ExactDecimal;
  readonly greatest: ExactDecimal;
  /** Places of the finest step: 0 for whole numbers; null where any fraction may be. */
  readonly places: number | null;
  readonly bins: number;
}

/**
 * Edges of equal ranges over the values: multiples of 1, 2 or 5 of a power of ten, one more than there are ranges. Of a
 * few different values that are counted in steps, each has a range of its own. All values equal: that one twice.
 */
export function numberEdges({
  least,
  greatest,
  places,
  bins,
}: NumberRange): ExactDecimal[] {
  if (compareDecimals(least, greatest) === 0) {
    return [least, greatest];
  }
  const finest = places ?? Math.max(least.scale, greatest.scale) + 3;
  const scale = Math.max(finest, least.scale, greatest.scale);
  const from = digitsAt(least, scale);
  const to = digitsAt(greatest, scale);
  const unit = 10n ** BigInt(scale - finest);
  if (places !== null && (to - from) / unit < BigInt(bins)) {
    return multiples(from, to + unit, unit, scale);
  }
  const step = niceStep(to - from, BigInt(bins), unit);
  return multiples(floorTo(from, step), ceilingTo(to, step), step, scale);
}

/** The least of 1, 2, 5, 10, … units with which a distance is no more than so many steps. */
function niceStep(distance: bigint, bins: bigint, unit: bigint): bigint {
  for (let power = unit; ; power *= 10n) {
    for (const factor of [1n, 2n, 5n]) {
      if (power * factor * bins >= distance) {
        return power * factor;
      }
    }
  }
}

function multiples(
  from: bigint,
  to: bigint,
  step: bigint,
  scale: number,
): ExactDecimal[] {
  const edges: ExactDecimal[] = [];
  for (let digits = from; digits <= to; digits += step) {
    edges.push(withoutTrailingZeros({ digits, scale }));
  }
  return edges;
}

function digitsAt({ digits, scale }: ExactDecimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

function floorTo(value: bigint, step: bigint): bigint {
  const rest = value % step;
  return rest === 0n ? value : rest < 0n ? value - rest - step : value - rest;
}

function ceilingTo(value: bigint, step: bigint): bigint {
  return -floorTo(-value, step);
}

/** A text that is a number for sure. */
export function decimalOf(text: string): ExactDecimal {
  return exactDecimal(text) ?? { digits: 0n, scale: 0 };
}
