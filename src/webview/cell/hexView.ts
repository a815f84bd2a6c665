import { make } from "../dom";

/** Bytes in a line where there is room for it, and else. */
const wide = 16;
const narrow = 8;
/** Characters of a line with sixteen bytes. */
const wideLine = 78;
/** Lines that are shown at once. */
const linesPerStep = 512;

/** Bytes as a hex dump for a place that is so many characters wide: offset, bytes, and what of them is ASCII. */
export function hexView(bytes: Uint8Array, characters: number): HTMLElement {
  const bytesPerLine = characters < wideLine ? narrow : wide;
  const pre = make("pre", "cell-hex");
  pre.tabIndex = 0;
  const view = make("div", "cell-hex-view", pre);
  const add = (from: number): void => {
    const to = Math.min(bytes.length, from + linesPerStep * bytesPerLine);
    pre.append(hexLines(bytes.subarray(from, to), from, bytesPerLine));
    if (to >= bytes.length) return;
    const more = make("button", "button secondary", "Show More");
    more.type = "button";
    more.addEventListener("click", () => {
      more.remove();
      add(to);
      pre.focus();
    });
    view.append(more);
  };
  add(0);
  return view;
}

/** Lines of a dump; `first` is the first byte's place. */
function hexLines(bytes: Uint8Array, first: number, perLine: number): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine);
    const hex = Array.from(line, (byte) => byte.toString(16).padStart(2, "0"));
    const text = Array.from(line, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
    );
    const offset = (first + at).toString(16).padStart(8, "0");
    const halves = [hex.slice(0, 8), hex.slice(8)].slice(0, perLine / 8);
    const shown = halves.map((half) => half.join(" ").padEnd(23)).join("  ");
    lines.push(`${offset}  ${shown}  ${text.join("")}\n`);
  }
  return lines.join("");
}
