import { readFileSync } from "node:fs";
import { inRepository } from "../../../support/paths";

/** Colours of one of VS Code's built-in themes, as a webview gets them. */
export interface Theme {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Name of a theme. */
export type ThemeName = "dark" | "light" | "highContrast" | "highContrastLight";

const fonts = {
  "font-family": 'system-ui, "Segoe UI", "Liberation Sans", sans-serif',
  "font-size": "13px",
  "editor-font-family": '"DejaVu Sans Mono", monospace',
  "editor-font-size": "12px",
};

/** Read from a webview of VS Code, in each theme: what our pages use of it. High contrast leaves most backgrounds out. */
const recorded = JSON.parse(
  readFileSync(inRepository("test/fixtures/themes.json"), "utf8"),
) as Readonly<Record<ThemeName, Theme>>;

/** The themes that every state is looked at in. */
export const themes: Readonly<Record<ThemeName, Theme>> = {
  dark: withFonts(recorded.dark),
  light: withFonts(recorded.light),
  highContrast: withFonts(recorded.highContrast),
  highContrastLight: withFonts(recorded.highContrastLight),
};

function withFonts({ bodyClass, variables }: Theme): Theme {
  return { bodyClass, variables: { ...variables, ...fonts } };
}
