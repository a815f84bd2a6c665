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

const seriesVariables = [
  "--vscode-charts-blue",
  "--vscode-charts-orange",
  "--vscode-charts-green",
  "--vscode-charts-purple",
  "--vscode-charts-red",
  "--vscode-charts-yellow",
];

/** Reads them from an element of the page: they change with the theme. */
export function chartColors(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const read = (name: string, instead: string): string =>
    style.getPropertyValue(name).trim() || instead;
  const text = read("--vscode-foreground", style.color);
  return {
    text,
    lines: read("--vscode-charts-lines", text),
    background: read("--vscode-panel-background", style.backgroundColor),
    series: seriesVariables.map((name) => read(name, text)),
    highContrast: /vscode-high-contrast/.test(document.body.className),
  };
}
