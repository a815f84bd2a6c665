/**
 * The first index from 0 to `length` at which something holds, by halves; `length` when it holds nowhere. From the first
 * one on it has to hold everywhere.
 */
export function firstIndex(
  length: number,
  holds: (index: number) => boolean,
): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
