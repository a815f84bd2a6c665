import { quoteLiteral } from "../../core/sql/quote";
import { inspectFile, withPlainFile } from "./extensionFile";
import type { ExtensionFooter, ExtensionTarget } from "./footer";
import { firstLine, infoOf } from "./extensionTexts";
import type { ScratchInstances } from "./scratch";

/** What a check came to. */
export type FileCheck =
  | { readonly footer: ExtensionFooter; readonly problem: null }
  /** A whole sentence. */
  | { readonly footer: null; readonly problem: string };

/** Checks an extension's file: what it says of itself, then its signature. The session never sees it. */
export class FileChecker {
  constructor(
    private readonly scratch: ScratchInstances,
    private readonly target: ExtensionTarget,
    /** For unpacked copies. */
    private readonly folder: string,
  ) {}

  async check(file: string, name: string): Promise<FileCheck> {
    const inspected = await inspectFile(file, this.target);
    if (inspected.problem !== null) {
      return inspected;
    }
    // DuckDB alone has the keys, and it checks a signature when it loads a file.
    const problem = await withPlainFile(file, name, this.folder, (plain) =>
      this.scratch.use(null, async (connection) => {
        try {
          await connection.run(`LOAD ${quoteLiteral(plain)}`);
          return null;
        } catch (error) {
          return infoOf(error);
        }
      }),
    );
    if (problem === null) {
      return inspected;
    }
    return {
      footer: null,
      problem:
        problem.class === "extensionInvalid"
          ? `The file ${file} was changed after it was signed, or its signature is not DuckDB's.`
          : `The file ${file} cannot be loaded: ${firstLine(problem)}`,
    };
  }
}
