import { make } from "../dom";

/** Largest width and height in pixels that is drawn as it is. */
const largestSide = 2_000;

/** First bytes of the formats that browsers draw; SVG is not among them: it is text, and may hold scripts. */
const signatures: readonly (readonly [string, readonly number[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/bmp", [0x42, 0x4d]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46]],
];

/** The media type of a picture by its first bytes; null for anything else. */
function pictureType(bytes: Uint8Array): string | null {
  const found = signatures.find(([, signature]) =>
    signature.every((byte, index) => bytes[index] === byte),
  );
  return found?.[0] ?? null;
}

/**
 * A picture on a canvas; null when the bytes are none. Not an `img`: the page's policy allows no source of pictures, and
 * a bitmap needs none.
 */
export async function imageView(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<HTMLElement | null> {
  const type = pictureType(bytes);
  if (type === null) return null;
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type }));
    const scale = Math.min(
      1,
      largestSide / Math.max(bitmap.width, bitmap.height),
    );
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas
      .getContext("2d")
      ?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const label = `${type}, ${bitmap.width} × ${bitmap.height} pixels`;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
    bitmap.close();
    return make("div", "cell-image", canvas, make("p", "dim", label));
  } catch {
    return null;
  }
}
