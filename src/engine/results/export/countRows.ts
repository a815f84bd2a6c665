import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { ResultTask } from "../resultTasks";

const lineFeed = 0x0a;
const space = 0x20;

/** What a row of a text file is. */
export interface RowMarks {
  /** Bytes that begin and end a text in which line breaks are no ends of rows. */
  readonly quotes: string;
  /** Spaces at the beginning of each row's line, after a line break; 0 when a row is what ends with a line break. */
  readonly indent: number;
}

/** Counts the rows that are in a file, byte by byte: as whoever reads it has to. */
export async function countRows(
  task: Pick<ResultTask, "check" | "progress">,
  file: string,
  marks: RowMarks,
): Promise<number> {
  const counter = new RowCounter(marks);
  for await (const chunk of toldBytes(task, file)) {
    counter.read(chunk);
  }
  return counter.count;
}

/** The bytes of a file from a place on; tells how far they are read, and throws when the task was cancelled. */
export async function* toldBytes(
  task: Pick<ResultTask, "check" | "progress">,
  file: string,
  start = 0,
): AsyncGenerator<Buffer, void, undefined> {
  const { size } = await stat(file);
  let read = start;
  const bytes = createReadStream(file, { start }) as AsyncIterable<Buffer>;
  for await (const chunk of bytes) {
    read += chunk.length;
    task.check();
    task.progress(read, size);
    yield chunk;
  }
}

class RowCounter {
  count = 0;
  private readonly quotes: ReadonlySet<number>;
  /** The quote that the text is in; -1 outside. */
  private quote = -1;
  /** Spaces that are still missing for a row; -1 when none is about to begin. */
  private missing = -1;

  constructor(private readonly marks: RowMarks) {
    this.quotes = new Set(Buffer.from(marks.quotes));
  }

  read(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.quote >= 0) {
        const end = chunk.indexOf(this.quote, at);
        if (end < 0) return;
        this.quote = -1;
        at = end + 1;
      } else {
        this.outside(chunk[at] ?? 0);
        at += 1;
      }
    }
  }

  private outside(byte: number): void {
    if (byte === lineFeed) {
      this.missing = this.marks.indent;
    } else if (this.missing > 0) {
      this.missing = byte === space ? this.missing - 1 : -1;
    }
    if (this.missing === 0) {
      this.count += 1;
      this.missing = -1;
    }
    if (this.quotes.has(byte)) {
      this.quote = byte;
    }
  }
}
