/** A text for a list of VS Code's, in which `$(name)` would be an icon. */
export function plainLabel(text: string): string {
  return text.replace(/\$\([\w-]+(?:~\w+)?\)/g, "\\$&");
}
