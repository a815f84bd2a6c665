import assert from "node:assert/strict";
import fc from "fast-check";
import "../../support/properties";
import {
  addDecimals,
  compareDecimals,
  decimalText,
  exactDecimal,
  meanOf,
} from "../../../src/core/results/exactDecimal";
import {
  decimalOf,
  numberEdges,
} from "../../../src/core/results/histogramEdges";
import { timeEdges } from "../../../src/core/results/timeEdges";

function edges(
  least: string,
  greatest: string,
  places: number | null,
  bins = 20,
): string[] {
  return numberEdges({
    least: decimalOf(least),
    greatest: decimalOf(greatest),
    places,
    bins,
  }).map(decimalText);
}

function times(least: string, greatest: string, wholeDays = false): string[] {
  const micros = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;
  return timeEdges(micros(least), micros(greatest), {
    bins: 20,
    wholeDays,
  }).map((edge) => new Date(Number(edge / 1000n)).toISOString());
}

describe("edges of histograms", () => {
  it("are nice numbers around the values", () => {
    assert.deepEqual(edges("0.3", "9.7", null, 5), [
      "0",
      "2",
      "4",
      "6",
      "8",
      "10",
    ]);
    assert.deepEqual(edges("-7", "13", null, 4), [
      "-10",
      "-5",
      "0",
      "5",
      "10",
      "15",
    ]);
    assert.deepEqual(edges("1", "1000000", 0, 2), ["0", "500000", "1000000"]);
    assert.deepEqual(edges("0.001", "0.002", null, 5), [
      "0.001",
      "0.0012",
      "0.0014",
      "0.0016",
      "0.0018",
      "0.002",
    ]);
  });

  it("give few whole numbers a range each, and one value one range", () => {
    assert.deepEqual(edges("3", "6", 0), ["3", "4", "5", "6", "7"]);
    assert.deepEqual(edges("0.01", "0.03", 2), [
      "0.01",
      "0.02",
      "0.03",
      "0.04",
    ]);
    assert.deepEqual(edges("5.0", "5", null), ["5.0", "5"]);
    assert.deepEqual(edges("9007199254740993", "9007199254740995", 0), [
      "9007199254740993",
      "9007199254740994",
      "9007199254740995",
      "9007199254740996",
    ]);
  });

  it("are equal, enclose all values, and are not many", () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }).map(String),
    );
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 1, max: 50 }),
        (a, b, bins) => {
          fc.pre(compareDecimals(decimalOf(a), decimalOf(b)) !== 0);
          const [least, greatest] = [decimalOf(a), decimalOf(b)].sort(
            compareDecimals,
          );
          assert.ok(least && greatest);
          const found = numberEdges({ least, greatest, places: null, bins });
          const [first, second] = found;
          const last = found.at(-1);
          assert.ok(first && second && last);
          assert.ok(found.length >= 2 && found.length <= bins + 2);
          assert.ok(compareDecimals(first, least) <= 0);
          assert.ok(compareDecimals(last, greatest) >= 0);
          const minus = { ...first, digits: -first.digits };
          const step = addDecimals(second, minus);
          found.reduce((before, edge) => {
            assert.equal(compareDecimals(addDecimals(before, step), edge), 0);
            return edge;
          });
        },
      ),
    );
  });

  it("of times are those of clock and calendar", () => {
    assert.deepEqual(
      times("2024-01-15T10:00:00Z", "2024-12-20T00:00:00Z").slice(0, 2),
      ["2024-01-01T00:00:00.000Z", "2024-02-01T00:00:00.000Z"],
    );
    assert.deepEqual(
      times("1999-06-01T00:00:00Z", "2012-06-01T00:00:00Z").at(0),
      "1999-01-01T00:00:00.000Z",
    );
    assert.deepEqual(
      times("2024-03-01T00:00:00Z", "2024-03-03T00:00:00Z", true),
      [
        "2024-03-01T00:00:00.000Z",
        "2024-03-02T00:00:00.000Z",
        "2024-03-03T00:00:00.000Z",
        "2024-03-04T00:00:00.000Z",
      ],
    );
    assert.deepEqual(
      times("2024-03-01T00:00:01Z", "2024-03-01T00:00:40Z").slice(0, 2),
      ["2024-03-01T00:00:00.000Z", "2024-03-01T00:00:02.000Z"],
    );
    const micro = fc.bigInt({
      min: -210_000_000_000_000_000n,
      max: 9_000_000_000_000_000_000n,
    });
    fc.assert(
      fc.property(micro, micro, fc.boolean(), (a, b, wholeDays) => {
        fc.pre(a !== b);
        const [least, greatest] = a < b ? [a, b] : [b, a];
        const found = timeEdges(least, greatest, { bins: 20, wholeDays });
        assert.ok(
          found.length >= 2 && found.length <= 24,
          String(found.length),
        );
        assert.ok((found[0] ?? 0n) <= least);
        assert.ok((found.at(-1) ?? 0n) >= greatest);
        found.reduce((before, edge) => {
          assert.ok(before < edge);
          return edge;
        });
      }),
    );
  });
});

describe("exact decimals", () => {
  it("are read and written digit for digit", () => {
    for (const text of [
      "0",
      "-1.50",
      "123456789012345678901234567890123456789012345678901234567890.123",
      "0.001",
    ]) {
      const decimal = exactDecimal(text);
      assert.ok(decimal);
      assert.equal(decimalText(decimal), text);
    }
    assert.equal(decimalText(decimalOf("1.5e+3")), "1500");
    assert.equal(decimalText(decimalOf("-.05")), "-0.05");
    assert.equal(decimalText(decimalOf("25e-3")), "0.025");
    for (const text of ["", ".", "-", "nan", "Infinity", "1e99999", "1,5"]) {
      assert.equal(exactDecimal(text), undefined);
    }
  });

  it("are divided exactly where that ends, else to twenty digits", () => {
    const mean = (sum: string, count: number): string =>
      decimalText(meanOf(decimalOf(sum), count));
    assert.equal(mean("3", 2), "1.5");
    assert.equal(mean("-10", 4), "-2.5");
    assert.equal(mean("0", 7), "0");
    assert.equal(mean("1", 3), "0.33333333333333333333");
    assert.equal(mean("200", 3), "66.666666666666666667");
    assert.equal(
      mean("99999999999999999999999999999999999999.99", 1),
      "99999999999999999999999999999999999999.99",
    );
  });
});
