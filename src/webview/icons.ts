/** Outlines on a 16 × 16 field, drawn with strokes in the colour of the text. */
const paths = {
  check: "M3 8.5l3.2 3.2L13 4.8",
  error:
    "M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9M5.8 5.8l4.4 4.4m0-4.4l-4.4 4.4",
  warning: "M8 2.2L14.4 13.6H1.6ZM8 6.4v3.4M8 11.3v.8",
  info: "M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9M8 7.2v4M8 4.7v.9",
  waiting: "M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M8 5v3.2l2 1.4",
  running: "M8 2.2a5.8 5.8 0 1 1-5.8 5.8",
  cancelled: "M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M4.1 4.1l7.8 7.8",
  stop: "M4 4h8v8H4Z",
  sort: "M5 13V3.200M2.600 5.600L5 3.200l2.400 2.400M11 3v9.800M8.600 10.400L11 12.800l2.400-2.400",
  sortUp: "M8 13.200V3M4.200 6.600L8 2.800l3.800 3.800",
  sortDown: "M8 2.800V13M4.200 9.400L8 13.200l3.800-3.800",
  chevron: "M4 6l4 4 4-4",
  close: "M4 4l8 8M12 4l-8 8",
  pin: "M6 2h4M6.600 2v4.600L4.500 9.500h7L9.400 6.600V2M8 9.500V14.200",
  rerun: "M13.200 3v3.400H9.800M12.900 6.200A5.400 5.400 0 1 0 13.400 8.600",
  beside: "M2 3h12v10H2ZM8 3v10",
  together:
    "M4.500 3v10M2.700 4.800L4.500 3l1.800 1.800M2.700 11.200l1.800 1.800 1.800-1.800M11.500 3v10M9.700 4.800L11.500 3l1.800 1.800M9.700 11.200l1.800 1.800 1.800-1.800",
  differs: "M3 6h10M3 10h10M10.500 3l-5 10",
  database:
    "M2.8 4c0-1.2 2.3-2.1 5.2-2.1s5.2.9 5.2 2.1S10.900 6.100 8 6.100 2.800 5.200 2.800 4v8c0 1.200 2.300 2.100 5.200 2.100s5.200-.9 5.200-2.100V4M2.800 8c0 1.200 2.300 2.100 5.200 2.100s5.200-.9 5.200-2.100",
  server:
    "M2.500 2.500h11v4.400h-11ZM2.500 9.100h11v4.400h-11ZM4.800 4.700h.8M4.800 11.300h.8",
  bridge:
    "M1 12.500h14M3.500 12.500V4.500M12.500 12.500V4.500M1 8.200c1.500-.4 2.200-1.800 2.500-3.700 1 5 8 5 9 0 .3 1.900 1 3.300 2.500 3.700M6 12.500V7.900M8 12.500V8.300M10 12.500V7.900",
} as const;

/** Name of an icon. */
export type IconName = keyof typeof paths;

const svgNamespace = "http://www.w3.org/2000/svg";

/** An icon for sighted users: hidden from the accessibility tree, so the text beside it must say the same. */
export function icon(name: IconName, className = ""): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name} ${className}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svgNamespace, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
