import { open, type FileHandle } from "node:fs/promises";

/** Characters that are put together before they are written. */
const bufferCharacters = 1_000_000;

/** A file that is written from its beginning to its end. */
export class TextFile {
  private parts: string[] = [];
  private length = 0;

  private constructor(private readonly handle: FileHandle) {}

  /** Makes a file that must not be there, and closes it whatever happens. */
  static async write<T>(
    file: string,
    fill: (text: TextFile) => Promise<T>,
  ): Promise<T> {
    const handle = await open(file, "wx");
    try {
      const text = new TextFile(handle);
      const filled = await fill(text);
      await text.flush();
      return filled;
    } finally {
      await handle.close();
    }
  }

  async add(text: string): Promise<void> {
    this.parts.push(text);
    this.length += text.length;
    if (this.length >= bufferCharacters) {
      await this.flush();
    }
  }

  private async flush(): Promise<void> {
    const parts = this.parts;
    this.parts = [];
    this.length = 0;
    await this.handle.writeFile(parts.join(""));
  }
}
