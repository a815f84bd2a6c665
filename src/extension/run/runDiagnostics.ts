import * as vscode from "vscode";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import type { StatementParameter } from "../../protocol/parameters";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";

/** A statement and the place in a document that it was taken from; null for one that Viaduct made. */
export interface DocumentStatement {
  readonly text: string;
  readonly place: { readonly uri: vscode.Uri; readonly start: number } | null;
  /** The values that it runs with, in memory alone; absent while nobody was asked for them. */
  readonly parameters?: readonly StatementParameter[];
}

/** Puts an engine's error at its place in the document, until the document is edited or run again. */
export class RunDiagnostics implements Disposable {
  private readonly store = new DisposableStore();
  private readonly collection = this.store.add(
    vscode.languages.createDiagnosticCollection("viaduct-run"),
  );

  constructor() {
    this.store.add(
      vscode.workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => {
          if (contentChanges.length > 0) {
            this.collection.delete(document.uri);
          }
        },
      ),
    );
    this.store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.collection.delete(uri);
      }),
    );
  }

  /** Shows `error` where it is in the document, when the statement still stands there. */
  show(statement: DocumentStatement, error: ErrorInfo): void {
    const range = locate(statement, error.position);
    if (
      statement.place === null ||
      range === undefined ||
      error.class === "cancelled"
    ) {
      return;
    }
    const diagnostic = new vscode.Diagnostic(
      range,
      `${error.message}\n${error.hint}`,
      vscode.DiagnosticSeverity.Error,
    );
    diagnostic.source = "Viaduct";
    diagnostic.code = error.class;
    const { uri } = statement.place;
    this.collection.set(uri, [...(this.collection.get(uri) ?? []), diagnostic]);
  }

  /** Forgets the errors of the documents that these statements are from. */
  clear(statements: readonly DocumentStatement[]): void {
    for (const { place } of statements) {
      if (place !== null) {
        this.collection.delete(place.uri);
      }
    }
  }

  dispose(): void {
    this.store.dispose();
  }
}

/** A name with what it is qualified by: DuckDB points at the first part of `d.memory_strenght`. */
const dottedName =
  /(?:"[^"]*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?:"[^"]*"|[\p{L}_][\p{L}\p{N}_$]*))*/u;

/** Where an error is: the word at its position, or the statement's first word when the engine gave none. */
export function locate(
  { text, place }: DocumentStatement,
  position: number | undefined,
): vscode.Range | undefined {
  const document =
    place === null
      ? undefined
      : vscode.workspace.textDocuments.find(
          ({ uri }) => uri.toString() === place.uri.toString(),
        );
  if (
    place === null ||
    document?.getText().slice(place.start, place.start + text.length) !== text
  ) {
    return undefined;
  }
  // An error at the end of the input is shown on the last character: an empty range would be invisible.
  const offset = Math.min(position ?? 0, Math.max(text.length - 1, 0));
  const at = document.positionAt(place.start + offset);
  return (
    document.getWordRangeAtPosition(at, dottedName) ??
    new vscode.Range(at, document.positionAt(place.start + offset + 1))
  );
}
