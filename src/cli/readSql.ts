import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ProgramIo } from "./io";
import { sqlText } from "./sqlText";

/** The SQL of a file, or of standard input for `-`; null when it cannot be read, which is told. */
export async function readSql(
  file: string,
  shownName: string,
  io: Pick<ProgramIo, "cwd" | "stdin" | "stderr">,
): Promise<string | null> {
  const tell = (problem: string): null => {
    io.stderr.write(`viaduct run: ${shownName} ${problem}\n`);
    return null;
  };
  try {
    const text = sqlText(await readBytes(file, io));
    return text ?? tell("is not UTF-8: save it as UTF-8, then run it again.");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return tell(`cannot be read: ${reason}`);
  }
}

async function readBytes(
  file: string,
  { cwd, stdin }: Pick<ProgramIo, "cwd" | "stdin">,
): Promise<Uint8Array> {
  if (file !== "-") return readFile(path.resolve(cwd, file));
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
