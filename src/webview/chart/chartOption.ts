import type { EChartsCoreOption } from "echarts/core";
import type { Cell } from "../../core/results/result";
import type { ChartData, ChartSpec } from "../../protocol/results";
import type { ChartColors } from "./chartColors";

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
  readonly value: readonly [number | string, number | null];
  /** The engine's own texts: a tooltip shows no rounded number. */
  readonly texts: readonly [string, string];
}

/** What ECharts is told; numbers are rounded for drawing only. */
export function chartOption(drawing: ChartDrawing): EChartsCoreOption {
  const { data, spec, colors } = drawing;
  const several = data.series.length > 1;
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
    xAxis: xAxis(drawing),
    yAxis: {
      type: "value",
      scale: spec.kind === "scatter" || spec.kind === "line",
      name: drawing.yName,
      nameTextStyle: { color: colors.text, align: "left" },
      axisLabel: { color: colors.text },
      splitLine: { lineStyle: { color: colors.lines, opacity: 0.4 } },
    },
    series: data.series.map(({ name, points }) => ({
      ...seriesLook(spec.kind, isDense),
      name,
      data: points.map(({ x, y }) => drawnPoint(data.xKind, x, y)),
    })),
  };
}

function xAxis({ data, spec, colors, xName }: ChartDrawing): object {
  const isNumberLine =
    data.xKind === "number" && spec.kind !== "bar" && spec.kind !== "histogram";
  const type =
    data.xKind === "time" ? "time" : isNumberLine ? "value" : "category";
  return {
    type,
    ...(isNumberLine ? { scale: true } : {}),
    // The union of all series' categories, in the order in which the engine has sorted them.
    ...(type === "category" ? { data: categories(data) } : {}),
    name: xName,
    nameLocation: "middle",
    nameGap: 26,
    nameTextStyle: { color: colors.text },
    axisLabel: { color: colors.text, hideOverlap: true },
    axisLine: { lineStyle: { color: colors.lines } },
    splitLine: { show: false },
  };
}

function categories(data: ChartData): string[] {
  return [
    ...new Set(
      data.series.flatMap(({ points }) => points.map(({ x }) => label(x))),
    ),
  ];
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

function drawnPoint(kind: ChartData["xKind"], x: Cell, y: Cell): DrawnPoint {
  const number = y === null ? null : Number(y);
  return {
    value: [position(kind, x), Number.isFinite(number) ? number : null],
    texts: [label(x), label(y)],
  };
}

function position(kind: ChartData["xKind"], x: Cell): number | string {
  if (x === null || kind === "category") return label(x);
  const at = kind === "time" ? Date.parse(x) : Number(x);
  return Number.isNaN(at) ? x : at;
}

function label(cell: Cell): string {
  return cell ?? "NULL";
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
      const first = series === "" || series === yName ? "" : `${series}\n`;
      return escapeRich(`${first}${xName}: ${x}\n${yName}: ${y}`);
    },
  };
}

/** `{a|text}` is a style of ECharts' rich text. */
function escapeRich(text: string): string {
  return text.replaceAll(/\{(\w*)\|/g, "{$1\u2223");
}
