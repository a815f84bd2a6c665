/** Colours of the editor's theme that a chart is drawn in, as CSS colours. */
export interface ChartColors {
  readonly text: string;
  /** Axis lines and grid lines. */
  readonly lines: string;
  readonly background: string;
  readonly series: readonly string[];
  /** True for themes in which colour alone must not tell series apart. */
  readonly highContrast: boolean;
}

/** With VS Code's own colours for a theme that has none. */
const seriesColors = [
  ["--vscode-charts-blue", "#3794ff"],
  ["--vscode-charts-orange", "#d18616"],
  ["--vscode-charts-green", "#89d185"],
  ["--vscode-charts-purple", "#b180d7"],
  ["--vscode-charts-red", "#f14c4c"],
  ["--vscode-charts-yellow", "#cca700"],
] as const;

/** Reads them from an element of the page: they change with the theme. */
export function chartColors(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const read = (name: string, instead: string): string =>
    style.getPropertyValue(name).trim() || instead;
  if (matchMedia("(forced-colors: active)").matches) return forced(element);
  const text = read("--vscode-foreground", style.color);
  return {
    text,
    lines: read("--vscode-charts-lines", text),
    background: read("--vscode-panel-background", style.backgroundColor),
    series: seriesColors.map(([name, instead]) => opaque(read(name, instead))),
    highContrast: /vscode-high-contrast/.test(document.body.className),
  };
}

/** What the system draws everything in: a canvas is the only thing that it does not reach. */
function forced(element: Element): ChartColors {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (name: string): string => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  };
  const text = read("CanvasText");
  const colors = {
    text,
    lines: text,
    background: read("Canvas"),
    series: ["Highlight", "CanvasText", "LinkText", "GrayText"].map(read),
    highContrast: true,
  };
  probe.remove();
  return colors;
}

/** The orange of some themes is meant to lie over text: a third of a line is hardly seen. */
function opaque(color: string): string {
  return color
    .replace(/^rgba\(([^,]+,[^,]+,[^,]+),[^)]*\)$/, "rgb($1)")
    .replace(/^(#[\da-f]{6})[\da-f]{2}$/i, "$1");
}
