import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** A password with every character that some way of writing it has to escape, and a core that no other text has. */
export const canary = `c4naryK7'q"b\\u %41@é$x:s/l#z`;

/** What survives most ways of writing it. */
const core = "c4naryK7";

/** Every way in which the password may have been written. */
const spellings: readonly string[] = allSpellings();

function allSpellings(): string[] {
  const percent = encodeURIComponent(canary);
  return [
    core,
    canary,
    percent,
    percent.toLowerCase(),
    canary.replaceAll("'", "''"),
    canary.replaceAll(/[\\']/g, "\\$&"),
    JSON.stringify(canary).slice(1, -1),
    Array.from(core).reverse().join(""),
    Buffer.from(core).toString("hex"),
    ...[0, 1, 2].map(base64Middle),
  ];
}

/** The part of a base64 text that is the same whatever stands before and after, with so many bytes before it. */
function base64Middle(shift: number): string {
  const text = Buffer.from("x".repeat(shift) + core).toString("base64");
  const end = Math.floor(((shift + core.length) * 8) / 6);
  return text.slice(Math.ceil((shift * 8) / 6), end);
}

/** Where a text has the password in any spelling, with its surroundings; null when it has it nowhere. */
export function findCanary(text: string): string | null {
  for (const spelling of spellings) {
    const at = text.indexOf(spelling);
    if (at >= 0) {
      return text.slice(Math.max(0, at - 160), at + spelling.length + 40);
    }
  }
  return null;
}

/** Every file below a folder that has the password in it, in UTF-8 or UTF-16. */
export function filesWithCanary(
  folder: string,
  known: readonly string[] = [],
): string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => !known.includes(file) && holdsCanary(file));
}

/** Files that were looked into and had nothing, as they were then: an extension of 40 MB is not read at each search. */
const clean = new Map<string, string>();
/** What was changed a moment ago may be changed again within the same tick of the file system's clock. */
const SETTLED_MS = 2000;

function holdsCanary(file: string): boolean {
  try {
    const { ino, size, ctimeNs, ctimeMs, isFile } = look(file);
    const version = [ino, size, ctimeNs].join();
    if (!isFile || clean.get(file) === version) {
      return false;
    }
    const bytes = readFileSync(file);
    const isFound = [...spellings, Buffer.from(core, "utf16le")].some(
      (spelling) => bytes.includes(spelling),
    );
    if (!isFound && Date.now() - Number(ctimeMs) > SETTLED_MS) {
      clean.set(file, version);
    }
    return isFound;
  } catch {
    // A file that is gone by now, or a socket.
    return false;
  }
}

function look(file: string) {
  const stats = statSync(file, { bigint: true });
  const { ino, size, ctimeNs, ctimeMs } = stats;
  return { ino, size, ctimeNs, ctimeMs, isFile: stats.isFile() };
}
