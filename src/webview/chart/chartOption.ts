import type { EChartsCoreOption } from "echarts/core";
import type { Cell } from "../../core/results/result";
import type { ChartData, ChartSpec } from "../../protocol/results";
import type { ChartColors } from "./chartColors";
import { label, visible } from "./chartText";

/** Everything that a chart is drawn from. */
export interface ChartDrawing {
  readonly spec: ChartSpec;
  readonly data: ChartData;
  /** Names of the axes as they are written beside them. */
  readonly xName: string;
  readonly yName: string;
  readonly colors: ChartColors;
}

interface DrawnPoint {
  /** The engine's own texts: a tooltip shows no rounded number. */
  readonly texts: readonly [string, string];
}

/** What ECharts is told; numbers are rounded for drawing only. */
export function chartOption(drawing: ChartDrawing): EChartsCoreOption {
  const { data, spec, colors } = drawing;
  const several = data.series.length > 1;
  const values = categories(drawing);
  const places =
    values === null ? null : new Map(values.map((x, at) => [x, at]));
  const isDense = data.series.some(({ points }) => points.length > 60);
  return {
    useUTC: true,
    animation: false,
    color: [...colors.series],
    textStyle: { color: colors.text },
    // The element says what it shows by itself: ECharts would read out times as numbers.
    aria: {
      enabled: true,
      label: { enabled: false },
      decal: { show: colors.highContrast },
    },
    grid: {
      left: 16,
      right: 24,
      top: several ? 40 : 24,
      bottom: 28,
      containLabel: true,
    },
    legend: several
      ? {
          type: "scroll",
          top: 4,
          textStyle: { color: colors.text },
          pageTextStyle: { color: colors.text },
          pageIconColor: colors.text,
        }
      : { show: false },
    tooltip: tooltip(drawing),
    xAxis: xAxis(drawing, values),
    yAxis: {
      type: "value",
      scale: spec.kind === "scatter" || spec.kind === "line",
      name: visible(drawing.yName),
      nameTextStyle: { color: colors.text, align: "left" },
      axisLabel: { color: colors.text },
      splitLine: { lineStyle: { color: colors.lines, opacity: 0.4 } },
    },
    series: data.series.map(({ name, points }, index) => ({
      ...seriesLook(spec.kind, isDense),
      // Not by colour alone.
      symbol: symbols[index % symbols.length],
      ...(colors.highContrast && spec.kind === "line"
        ? { lineStyle: { type: dashes[index % dashes.length] } }
        : {}),
      name: visible(name),
      data: points.map(({ x, y }) => ({
        value: [places?.get(x) ?? position(data.xKind, x), height(y)],
        texts: [label(x), label(y)],
      })),
    })),
  };
}

const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "arrow"];
const dashes = ["solid", "dashed", "dotted"] as const;

function xAxis(
  { data, colors, xName }: ChartDrawing,
  values: readonly Cell[] | null,
): object {
  const type =
    values !== null ? "category" : data.xKind === "time" ? "time" : "value";
  return {
    type,
    ...(type === "value" ? { scale: true } : {}),
    ...(values === null ? {} : { data: values.map(label) }),
    name: visible(xName),
    nameLocation: "middle",
    nameGap: 26,
    nameTextStyle: { color: colors.text },
    axisLabel: { color: colors.text, hideOverlap: true },
    axisLine: { lineStyle: { color: colors.lines } },
    splitLine: { show: false },
  };
}

/**
 * The union of all series' values where each has a place of its own, in the order in which the engine has sorted them;
 * null where they are on a scale. Points name their places by number: NULL is not the text "NULL".
 */
function categories({ data, spec }: ChartDrawing): readonly Cell[] | null {
  const isScale =
    data.xKind === "time" ||
    (data.xKind === "number" &&
      spec.kind !== "bar" &&
      spec.kind !== "histogram");
  if (isScale) return null;
  const values = [
    ...new Set(data.series.flatMap(({ points }) => points.map(({ x }) => x))),
  ];
  // A series without the first value must not put it behind the others'.
  return data.xKind === "number"
    ? values.sort((a, b) => Number(a ?? Infinity) - Number(b ?? Infinity))
    : values;
}

function seriesLook(kind: ChartSpec["kind"], isDense: boolean): object {
  switch (kind) {
    case "bar":
      return { type: "bar", large: true };
    case "histogram":
      return { type: "bar", barCategoryGap: "4%" };
    case "line":
      return { type: "line", showSymbol: !isDense };
    case "area":
      return {
        type: "line",
        showSymbol: !isDense,
        areaStyle: { opacity: 0.25 },
      };
    case "scatter":
      return { type: "scatter", symbolSize: 6 };
  }
}

function height(y: Cell): number | null {
  const number = y === null ? null : Number(y);
  return Number.isFinite(number) ? number : null;
}

function position(kind: ChartData["xKind"], x: Cell): number | string {
  if (x === null) return label(x);
  const at = kind === "time" ? Date.parse(x) : Number(x);
  return Number.isNaN(at) ? x : at;
}

/** Drawn as text in the picture: a tooltip of HTML needs style attributes, which the page's policy refuses. */
function tooltip({ colors, xName, yName }: ChartDrawing): object {
  return {
    trigger: "item",
    renderMode: "richText",
    confine: true,
    backgroundColor: colors.background,
    borderColor: colors.lines,
    textStyle: { color: colors.text },
    formatter: (item: { seriesName?: string; data?: Partial<DrawnPoint> }) => {
      const [x = "", y = ""] = item.data?.texts ?? [];
      const series = item.seriesName ?? "";
      const first =
        series === "" || series === visible(yName) ? "" : `${series}\n`;
      return escapeRich(
        `${first}${visible(xName)}: ${x}\n${visible(yName)}: ${y}`,
      );
    },
  };
}

/** `{a|text}` is a style of ECharts' rich text. */
function escapeRich(text: string): string {
  return text.replaceAll(/\{(\w*)\|/g, "{$1\u2223");
}
