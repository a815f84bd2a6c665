import * as vscode from "vscode";
import type { ExportFormat } from "../../protocol/results";

const storageKey = "viaduct.lastExport";

interface Kept {
  readonly format: ExportFormat;
  /** A folder's URI; absent while the files were named by a caller. */
  readonly folder?: string;
}

/** Where the last export of this workspace went, and in which format: the next one begins there. */
export class LastExport {
  constructor(private readonly state: vscode.Memento) {}

  get format(): ExportFormat {
    return this.kept?.format ?? "csv";
  }

  /** The folder, when it is still there; else the workspace's first. */
  async folder(): Promise<vscode.Uri | undefined> {
    const kept = this.kept?.folder;
    if (kept !== undefined) {
      const uri = vscode.Uri.parse(kept);
      const found = await vscode.workspace.fs.stat(uri).then(
        ({ type }) => (type & vscode.FileType.Directory) !== 0,
        () => false,
      );
      if (found) {
        return uri;
      }
    }
    return vscode.workspace.workspaceFolders?.[0]?.uri;
  }

  /** Notes the format of an export that was made, and the file that the user chose for it. */
  async note(format: ExportFormat, file: vscode.Uri | null): Promise<void> {
    const folder =
      file === null
        ? this.kept?.folder
        : vscode.Uri.joinPath(file, "..").toString();
    await this.state.update(storageKey, {
      format,
      ...(folder === undefined ? {} : { folder }),
    } satisfies Kept);
  }

  private get kept(): Kept | undefined {
    return this.state.get<Kept>(storageKey);
  }
}
