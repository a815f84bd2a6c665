import {
  CodeActionKind,
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
} from "vscode-languageserver/node";
import {
  attachmentPlanRequest,
  fixAllKind,
  fixAllPlanRequest,
  fixPlanRequest,
  settingsChanged,
  type FixAllParams,
  type FixPlanParams,
  type MoveCredential,
  type ServerSettings,
} from "../protocol/server";
import { CheckQueue } from "./checkQueue";
import { codeActionsFor } from "./codeActions";
import { diagnosticsFor } from "./diagnostics";
import { attachmentPlanFor, fixAllPlanFor, fixPlanFor } from "./fixPlan";
import { hoverFor } from "./hover";
import { linting, type LintedDocument } from "./lintedDocument";
import { LintState } from "./lintState";
import { registerWorkspace } from "./workspace/registerWorkspace";

type Documents = TextDocuments<LintedDocument>;

/** Wires the features to the connection; every decision is in their own files. */
function main(): void {
  const connection = createConnection(ProposedFeatures.all);
  const state = new LintState((message) => {
    connection.console.warn(message);
  });
  const documents = new TextDocuments(linting(() => state.options));
  const checked = (uri: string): LintedDocument | undefined =>
    state.isChecked(uri) ? documents.get(uri) : undefined;

  connection.onInitialize((params): InitializeResult => {
    state.initialize(params);
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
        },
        hoverProvider: true,
      },
    };
  });
  registerChecks(connection, state, documents, checked);
  registerFeatures(connection, documents, checked);
  documents.listen(connection);
  connection.listen();
}

/** Diagnostics of open documents, and of the whole workspace. */
function registerChecks(
  connection: Connection,
  state: LintState,
  documents: Documents,
  checked: (uri: string) => LintedDocument | undefined,
): void {
  const workspace = registerWorkspace({
    connection,
    settings: state.settings,
    options: () => state.options,
    openUris: () => documents.keys(),
    open: (uri) => {
      const document = documents.get(uri);
      return document === undefined
        ? undefined
        : { text: document.getText(), judged: document.judged() };
    },
  });
  const publish = (uri: string): void => {
    if (documents.get(uri) !== undefined) {
      const document = checked(uri);
      const diagnostics =
        document === undefined ? [] : diagnosticsFor(document);
      void connection.sendDiagnostics({ uri, diagnostics });
    }
  };
  const queue = new CheckQueue(publish, (next) => {
    setImmediate(next);
  });
  connection.onNotification(settingsChanged, (changed: ServerSettings) => {
    state.load(changed);
    for (const document of documents.all()) {
      document.setOptions(state.options);
      queue.add(document.uri);
    }
  });
  documents.onDidChangeContent(({ document }) => {
    queue.add(document.uri);
  });
  documents.onDidOpen(({ document: { uri } }) => {
    if (uri.startsWith("vscode-notebook-cell:")) {
      workspace.opened(uri);
    }
  });
  documents.onDidClose(({ document: { uri } }) => {
    queue.drop(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    void workspace.changed(uri);
  });
  connection.onShutdown(() => {
    queue.dispose();
  });
}

/** What is asked about open documents. */
function registerFeatures(
  connection: Connection,
  documents: Documents,
  checked: (uri: string) => LintedDocument | undefined,
): void {
  connection.onCodeAction(({ context, textDocument, range }) => {
    const document = checked(textDocument.uri);
    return document === undefined
      ? []
      : codeActionsFor(document, range, context.only);
  });
  connection.onHover(({ textDocument, position }) => {
    const document = checked(textDocument.uri);
    return document === undefined ? null : hoverFor(document, position);
  });
  connection.onRequest(fixPlanRequest, (params: FixPlanParams) => {
    const document = documents.get(params.uri);
    return document === undefined ? null : fixPlanFor(document, params);
  });
  connection.onRequest(attachmentPlanRequest, (params: MoveCredential) => {
    const document = documents.get(params.uri);
    return document === undefined ? null : attachmentPlanFor(document, params);
  });
  connection.onRequest(fixAllPlanRequest, (params: FixAllParams) => {
    const document = documents.get(params.uri);
    return document === undefined ? null : fixAllPlanFor(document, params);
  });
}

main();
