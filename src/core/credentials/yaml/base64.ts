const alphabet =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The code of `=`. */
const padding = 61;

/** What base64 stands for, a character a byte; null when the text is no base64. */
export function decodeBase64(text: string): string | null {
  const written = text.replaceAll(/\s+/g, "");
  let end = written.length;
  while (written.charCodeAt(end - 1) === padding) {
    end--;
  }
  const bare = written.slice(0, end);
  if (bare === "" || bare.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(bare)) {
    return null;
  }
  const bytes: string[] = [];
  let bits = 0;
  let count = 0;
  for (const character of bare) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xff_ff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push(String.fromCharCode((bits >> count) & 0xff));
    }
  }
  return bytes.join("");
}
