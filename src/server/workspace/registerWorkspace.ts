import {
  type CancellationToken,
  DidChangeWatchedFilesNotification,
  type Connection,
  type Disposable,
} from "vscode-languageserver/node";
import type { LintOptions } from "../../core/credentials/options";
import {
  addToBaselineRequest,
  allowValueRequest,
  clearWorkspaceLint,
  exportLintRequest,
  lintWorkspaceRequest,
  workspaceLintProgress,
  type AddToBaselineParams,
  type ExportLintParams,
  type LintWorkspaceParams,
  type MoveCredential,
} from "../../protocol/server";
import { workspaceDiagnostic } from "../diagnostics";
import { exportLint } from "./exportLint";
import { ValueAcceptance, type OpenText } from "./acceptValue";
import { pathOfUri, type ServerOptions } from "./serverOptions";
import { WorkspaceLint } from "./workspaceLint";

/** What the check of a workspace needs of the server. */
export interface WorkspaceParts {
  readonly connection: Connection;
  readonly settings: ServerOptions;
  readonly options: () => LintOptions;
  readonly open: OpenText;
  /** URIs of the open documents. */
  readonly openUris: () => readonly string[];
}

/** Files whose change on the disk matters. */
const watched =
  "**/{*.sql,*.ddl,*.psql,*.pgsql,*.dml,*.plsql,*.plpgsql,*.hql,*.yml,*.yaml,.env*,*.env,*.ipynb,*.j2,*.jinja,*.jinja2,*.tpl,*.tmpl}";

/** Answers the requests about the whole workspace; gives what is to be told when a document was closed. */
export function registerWorkspace({
  connection,
  settings,
  options,
  open,
  openUris,
}: WorkspaceParts): WorkspaceLint {
  const lint = new WorkspaceLint(settings, options, {
    isOpen: (path) => openUris().some((uri) => pathOfUri(uri) === path),
    publish: (uri, findings) => {
      const diagnostics = findings.map(workspaceDiagnostic);
      void connection.sendDiagnostics({ uri, diagnostics });
    },
    progress: (progress) => {
      void connection.sendNotification(workspaceLintProgress, progress);
    },
    afterMessages: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const acceptance = new ValueAcceptance(settings, options, open);
  let watching: Promise<Disposable> | null = null;

  connection.onRequest(
    lintWorkspaceRequest,
    (params: LintWorkspaceParams, cancellation: CancellationToken) => {
      // Without a client that can watch, what was published stays as it was.
      watching ??= connection.client.register(
        DidChangeWatchedFilesNotification.type,
        { watchers: [{ globPattern: watched }] },
      );
      watching.catch(() => undefined);
      return lint.lint(params, cancellation);
    },
  );
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    for (const { uri } of changes) {
      await lint.changed(uri);
    }
  });
  connection.onNotification(clearWorkspaceLint, () => {
    lint.clear();
    void watching?.then((each) => {
      each.dispose();
    });
    watching = null;
  });
  connection.onRequest(addToBaselineRequest, (params: AddToBaselineParams) =>
    acceptance.addToBaseline(params),
  );
  connection.onRequest(exportLintRequest, (params: ExportLintParams) =>
    exportLint(params),
  );
  connection.onRequest(allowValueRequest, (finding: MoveCredential) =>
    acceptance.allowedValue(finding),
  );
  return lint;
}
