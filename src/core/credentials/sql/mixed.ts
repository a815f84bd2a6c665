/** True for a text that is no word of a language, nor a number. */
export function isMixed(text: string): boolean {
  return /^(?=\S*\d)(?=\S*\D)\S{6,}$/.test(text);
}
