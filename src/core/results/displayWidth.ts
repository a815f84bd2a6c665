/** Two places in a terminal: East Asian wide and full-width forms, and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** No place of its own: combining marks, joiners, variation selectors. */
const zero = /[\p{Mn}\p{Me}\u200c\u200d]/u;
const plain = /^[\x20-\x7e]*$/;

/** Places that a text without control characters takes in a terminal. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text cut so that it takes at most `limit` places, with an ellipsis when something was cut. */
export function fitWidth(text: string, limit: number): string {
  if (text.length <= limit && plain.test(text)) return text;
  if (displayWidth(text) <= limit) return text;
  let width = 0;
  let fitted = "";
  for (const character of text) {
    width += characterWidth(character);
    if (width > limit - 1) break;
    fitted += character;
  }
  return `${fitted}…`;
}

function characterWidth(character: string): number {
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
