import * as vscode from "vscode";
import type { ErrorInfo, FilePlace } from "../../core/errors/errorInfo";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { DbtReport, DbtSession } from "./dbtSession";

/** Longer than any line: an editor cuts a range at the end of its line. */
const endOfLine = 10_000;

/** The problems of the selected dbt output, each at its place in `profiles.yml`. */
export class DbtDiagnostics implements Disposable {
  private readonly store = new DisposableStore();
  private readonly collection = this.store.add(
    vscode.languages.createDiagnosticCollection("viaduct-dbt"),
  );

  constructor(dbt: DbtSession) {
    this.store.add(
      dbt.onChanged((report) => {
        this.show(report);
      }),
    );
  }

  dispose(): void {
    this.store.dispose();
  }

  private show({ selection, problems }: DbtReport): void {
    this.collection.clear();
    if (selection === null) {
      return;
    }
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const problem of problems) {
      const place = problem.file ?? {
        path: selection.file,
        line: 0,
        column: 0,
      };
      const list = byFile.get(place.path) ?? [];
      byFile.set(place.path, [...list, diagnostic(problem, place)]);
    }
    for (const [file, list] of byFile) {
      this.collection.set(vscode.Uri.file(file), list);
    }
  }
}

function diagnostic(
  { message, hint, class: code }: ErrorInfo,
  { line, column }: FilePlace,
): vscode.Diagnostic {
  const found = new vscode.Diagnostic(
    new vscode.Range(line, column, line, Math.max(column + 1, endOfLine)),
    `${message}\n${hint}`,
    vscode.DiagnosticSeverity.Error,
  );
  found.source = "Viaduct";
  found.code = code;
  return found;
}
