/** A decimal number of any size: `digits × 10^-scale`. */
export interface ExactDecimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Exponents that are still written out; every double has fewer places. */
const largestExponent = 2_000;

/** Reads a number as both engines write them; undefined for NaN, infinities and what is no number. */
export function exactDecimal(text: string): ExactDecimal | undefined {
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts ?? [];
  const power = Number(exponent);
  if (
    parts === null ||
    whole.length + fraction.length === 0 ||
    Math.abs(power) > largestExponent
  ) {
    return undefined;
  }
  const magnitude = BigInt(`${whole}${fraction}`);
  const digits = sign === "-" ? -magnitude : magnitude;
  const scale = fraction.length - power;
  return scale >= 0
    ? { digits, scale }
    : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The sum, with the places of the finer one. */
export function addDecimals(a: ExactDecimal, b: ExactDecimal): ExactDecimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: scaled(a, scale) + scaled(b, scale), scale };
}

/** Below 0 when `a` is less than `b`. */
export function compareDecimals(a: ExactDecimal, b: ExactDecimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = scaled(a, scale) - scaled(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The text: every place of the scale. */
export function decimalText({ digits, scale }: ExactDecimal): string {
  const sign = digits < 0n ? "-" : "";
  const all = magnitudeOf(digits)
    .toString()
    .padStart(scale + 1, "0");
  const whole = all.slice(0, all.length - scale);
  return scale === 0
    ? `${sign}${whole}`
    : `${sign}${whole}.${all.slice(all.length - scale)}`;
}

/** Significant digits of a mean that has no end. */
const meanDigits = 20;

/** A sum divided: exact where the division ends, else rounded half away from zero after so many digits. */
export function meanOf(sum: ExactDecimal, count: number): ExactDecimal {
  const divisor = BigInt(count);
  // A division by a number of so many bits has ended after as many places, or never does.
  const ending = divisor.toString(2).length;
  const all = sum.digits * 10n ** BigInt(ending);
  if (all % divisor === 0n) {
    return withoutTrailingZeros({
      digits: all / divisor,
      scale: sum.scale + ending,
    });
  }
  const magnitude = magnitudeOf(sum.digits);
  const digits = String(magnitude).length - String(count).length;
  const extra = Math.max(0, meanDigits - digits);
  const doubled = 2n * magnitude * 10n ** BigInt(extra);
  const rounded = (doubled + divisor) / (2n * divisor);
  return withoutTrailingZeros({
    digits: sum.digits < 0n ? -rounded : rounded,
    scale: sum.scale + extra,
  });
}

/** The same number with as few places as it needs. */
export function withoutTrailingZeros({
  digits,
  scale,
}: ExactDecimal): ExactDecimal {
  if (digits === 0n) {
    return { digits, scale: 0 };
  }
  const zeros = /0*$/.exec(digits.toString())?.[0].length ?? 0;
  const dropped = Math.min(zeros, scale);
  return { digits: digits / 10n ** BigInt(dropped), scale: scale - dropped };
}

function scaled({ digits, scale }: ExactDecimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

function magnitudeOf(digits: bigint): bigint {
  return digits < 0n ? -digits : digits;
}
