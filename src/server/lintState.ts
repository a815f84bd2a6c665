import type { InitializeParams } from "vscode-languageserver/node";
import { defaultLintSettings } from "../core/credentials/lintSettings";
import {
  defaultLintOptions,
  type LintOptions,
} from "../core/credentials/options";
import type { ServerSettings } from "../protocol/server";
import { ServerOptions } from "./workspace/serverOptions";

/** Whether documents are checked, and by which options: what the host says, and what lies in the folders. */
export class LintState {
  readonly settings: ServerOptions;
  private folders: readonly string[] = [];
  private isEnabled = true;
  private chosen: LintOptions = defaultLintOptions;

  constructor(warn: (message: string) => void) {
    this.settings = new ServerOptions(warn);
  }

  get options(): LintOptions {
    return this.chosen;
  }

  /** Takes the folders and the first settings. */
  initialize(params: InitializeParams): void {
    this.folders =
      params.workspaceFolders?.map(({ uri }) => uri) ??
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- clients without folders still say it
      (params.rootUri === null ? [] : [params.rootUri]);
    const initial = params.initializationOptions as
      Partial<ServerSettings> | undefined;
    this.load(initial ?? {});
  }

  /** Takes settings, and reads the folders' own files again. */
  load({ lintEnabled, lint }: Partial<ServerSettings>): void {
    this.isEnabled = lintEnabled ?? true;
    this.settings.load(this.folders, lint ?? defaultLintSettings);
    this.chosen = this.settings.options();
  }

  /** True for a document that is to be checked. */
  isChecked(uri: string): boolean {
    return this.isEnabled && !this.settings.isExcluded(uri);
  }
}
