/** The line that dotenv takes for an assignment, word for word. */
const line =
  /(?:^|^)\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/gm;

/** What dotenv reads, for proving what is written: the same steps as in its `parse`, which needs node. */
export function readDotenv(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.replace(/\r\n?/g, "\n").matchAll(line)) {
    const trimmed = (match[2] ?? "").trim();
    const bare = trimmed.replace(/^(['"`])([\s\S]*)\1$/gm, "$2");
    found.set(
      match[1] ?? "",
      trimmed.startsWith('"')
        ? bare.replaceAll("\\n", "\n").replaceAll("\\r", "\r")
        : bare,
    );
  }
  return found;
}
