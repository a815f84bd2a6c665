/**
 * Whether a `.gitignore` beside `name` plainly ignores it: the name itself, or a pattern of `*` in its place. A later
 * `!` line takes it back. Patterns of any other form count as not ignoring: adding a line once too often does no harm.
 */
export function isIgnored(gitignore: string, name: string): boolean {
  let ignored = false;
  for (const line of gitignore.split(/\r?\n/)) {
    const pattern = line.trim();
    const isNegated = pattern.startsWith("!");
    if (matches(pattern.replace(/^!/, "").replace(/^(\*\*)?\//, ""), name)) {
      ignored = !isNegated;
    }
  }
  return ignored;
}

function matches(pattern: string, name: string): boolean {
  if (pattern === "" || pattern.startsWith("#") || pattern.includes("/")) {
    return false;
  }
  const parts = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
