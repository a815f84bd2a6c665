/** What is used of yazl, which has no types of its own. */
declare module "yazl" {
  import type { Readable } from "node:stream";

  export class ZipFile {
    readonly outputStream: Readable;
    addReadStream(stream: Readable, name: string): void;
    addBuffer(buffer: Buffer, name: string): void;
    on(event: "error", listener: (error: Error) => void): void;
    end(): void;
  }
}
