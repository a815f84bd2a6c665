import {
  CodeActionKind,
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type InitializeResult,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  fixPlanRequest,
  settingsChanged,
  type FixPlanParams,
  type ServerSettings,
} from "../protocol/server";
import { CheckQueue } from "./checkQueue";
import { codeActionsFor } from "./codeActions";
import { diagnosticsFor } from "./diagnostics";
import { fixPlanFor } from "./fixPlan";
import { hoverFor } from "./hover";

/** Wires the features to the connection; every decision is in their own files. */
function main(): void {
  const connection = createConnection(ProposedFeatures.all);
  const documents = new TextDocuments(TextDocument);
  const settings = { lintEnabled: true };

  const checked = (uri: string): TextDocument | undefined =>
    settings.lintEnabled ? documents.get(uri) : undefined;
  const publish = (uri: string): void => {
    const document = documents.get(uri);
    if (document === undefined) {
      return;
    }
    const diagnostics = settings.lintEnabled ? diagnosticsFor(document) : [];
    void connection.sendDiagnostics({ uri, diagnostics });
  };
  const queue = new CheckQueue(publish, (next) => {
    setImmediate(next);
  });

  connection.onInitialize((params): InitializeResult => {
    const initial = params.initializationOptions as
      Partial<ServerSettings> | undefined;
    settings.lintEnabled = initial?.lintEnabled ?? true;
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        hoverProvider: true,
      },
    };
  });
  connection.onNotification(settingsChanged, (changed: ServerSettings) => {
    settings.lintEnabled = changed.lintEnabled;
    for (const { uri } of documents.all()) {
      queue.add(uri);
    }
  });
  documents.onDidChangeContent(({ document }) => {
    queue.add(document.uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    queue.drop(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onCodeAction(({ textDocument, range }) => {
    const document = checked(textDocument.uri);
    return document === undefined ? [] : codeActionsFor(document, range);
  });
  connection.onHover(({ textDocument, position }) => {
    const document = checked(textDocument.uri);
    return document === undefined ? null : hoverFor(document, position);
  });
  connection.onRequest(fixPlanRequest, (params: FixPlanParams) => {
    const document = documents.get(params.uri);
    return document === undefined ? null : fixPlanFor(document, params);
  });
  connection.onShutdown(() => {
    queue.dispose();
  });
  documents.listen(connection);
  connection.listen();
}

main();
