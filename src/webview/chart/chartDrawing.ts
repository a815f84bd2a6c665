/** A bundle of its own, read when the first chart is opened: ECharts is larger than the rest of the page. */
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendScrollComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { chartOption, type ChartDrawing } from "./chartOption";

use([
  BarChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendScrollComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

/** A chart on the page. */
export interface DrawnChart {
  /** Draws something else in its place. */
  draw(drawing: ChartDrawing): void;
  /** Fits it to its element. */
  resize(): void;
  /** The picture as a PNG at twice the size on the screen, in base64. */
  png(): string;
  /** The picture as SVG text. */
  svg(): string;
  dispose(): void;
}

/** Draws a chart that fills an element. */
export function openChart(
  element: HTMLElement,
  first: ChartDrawing,
): DrawnChart {
  const chart = init(element, null, { renderer: "canvas" });
  let shown = first;
  const draw = (drawing: ChartDrawing): void => {
    shown = drawing;
    chart.setOption(chartOption(drawing), { notMerge: true });
  };
  draw(first);
  return {
    draw,
    resize: () => {
      chart.resize();
    },
    png: () => {
      const url = chart.getDataURL({
        type: "png",
        pixelRatio: 2,
        backgroundColor: shown.colors.background,
      });
      return url.slice(url.indexOf(",") + 1);
    },
    svg: () => svgOf(shown, chart.getWidth(), chart.getHeight()),
    dispose: () => {
      chart.dispose();
    },
  };
}

function svgOf(drawing: ChartDrawing, width: number, height: number): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      ...chartOption(drawing),
      backgroundColor: drawing.colors.background,
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
