import { make } from "../dom";

const bytesPerLine = 16;
/** Lines that are shown at once. */
const linesPerStep = 512;

/** Bytes as a hex dump: offset, sixteen bytes, and what of them is ASCII. */
export function hexView(bytes: Uint8Array): HTMLElement {
  const pre = make("pre", "cell-hex");
  pre.tabIndex = 0;
  const view = make("div", "cell-hex-view", pre);
  const add = (from: number): void => {
    const to = Math.min(bytes.length, from + linesPerStep * bytesPerLine);
    pre.append(hexLines(bytes, from, to));
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

/** Lines of a dump; `from` is the first byte's place. */
function hexLines(bytes: Uint8Array, from: number, to: number): string {
  const lines: string[] = [];
  for (let at = from; at < to; at += bytesPerLine) {
    const line = bytes.subarray(at, Math.min(to, at + bytesPerLine));
    const hex = Array.from(line, (byte) => byte.toString(16).padStart(2, "0"));
    const text = Array.from(line, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
    );
    const offset = at.toString(16).padStart(8, "0");
    const left = hex.slice(0, 8).join(" ").padEnd(23);
    const right = hex.slice(8).join(" ").padEnd(23);
    lines.push(`${offset}  ${left}  ${right}  ${text.join("")}\n`);
  }
  return lines.join("");
}
