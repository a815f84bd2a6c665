import type { Page } from "playwright-core";

/** What is in a PNG, as a browser decodes it. */
export interface PngFacts {
  readonly width: number;
  readonly height: number;
  /** Different colours. */
  readonly colors: number;
  /** The colour of its first pixel, as `#rrggbb`, and the share of all pixels that have it. */
  readonly corner: string;
  readonly share: number;
}

/** Decodes a PNG in a page that has no policy of its own; fails when it is none. */
export async function pngFacts(page: Page, png: Buffer): Promise<PngFacts> {
  // A text: what the loader adds to a function is not there in the page.
  return page.evaluate<PngFacts>(`(async () => {
    const bytes = Uint8Array.from(atob("${png.toString("base64")}"), (each) => each.charCodeAt(0));
    const { width, height, ...bitmap } = await createImageBitmap(new Blob([bytes], { type: "image/png" }))
      .then((image) => ({ image, width: image.width, height: image.height }));
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(bitmap.image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const [red, green, blue] = new Uint8Array(pixels.buffer);
    return {
      width,
      height,
      colors: new Set(pixels).size,
      corner: "#" + [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join(""),
      share: pixels.filter((pixel) => pixel === pixels[0]).length / pixels.length,
    };
  })()`);
}

/** What is in an SVG, as a browser parses it. */
export interface SvgFacts {
  /** What is not well-formed, could run, or is read from elsewhere. */
  readonly problems: readonly string[];
  readonly texts: readonly string[];
  readonly fills: readonly string[];
}

/** Parses an SVG as XML. */
export async function svgFacts(page: Page, svg: string): Promise<SvgFacts> {
  return page.evaluate<SvgFacts>(`(() => {
    const parsed = new DOMParser().parseFromString(${JSON.stringify(svg)}, "image/svg+xml");
    const all = [...parsed.querySelectorAll("*")];
    const isSvg = parsed.documentElement.localName === "svg"
      && parsed.documentElement.namespaceURI === "http://www.w3.org/2000/svg";
    const attributes = all.flatMap((element) => [...element.attributes]);
    return {
      problems: [
        ...(isSvg ? [] : [parsed.documentElement.outerHTML.slice(0, 200)]),
        ...all.filter(({ localName }) => /^(?:script|foreignObject|iframe|image|parsererror)$/i.test(localName))
          .map(({ outerHTML }) => outerHTML.slice(0, 200)),
        ...attributes.filter(({ name, value }) => /^on/i.test(name) || /href$/i.test(name) && !/^#/.test(value))
          .map(({ name, value }) => name + "=" + value),
      ],
      texts: [...parsed.querySelectorAll("text")].map(({ textContent }) => textContent),
      fills: all.map((element) => element.getAttribute("fill") ?? ""),
    };
  })()`);
}
