import * as vscode from "vscode";
import { hasChangedValues, rowsOfRun, type ResultTab } from "./resultTab";

/** What menus, keys and the palette look at, each as `viaduct.<key>`. */
export type ContextKey =
  /** A page of results has the keyboard. */
  | "resultsFocus"
  /** There is a tab that commands are about; its rows can be read, and some of them are not the server's own. */
  | "hasResult"
  | "hasRows"
  | "hasChangedValues"
  | "resultPinned"
  | "severalStatements"
  | "severalResults";

/** Tells the window what its `when` clauses look at, when it has changed: a run that goes on changes little of it. */
export class ContextKeys {
  private readonly told = new Map<ContextKey, boolean>();

  tell(key: ContextKey, value: boolean): void {
    if (this.told.get(key) === value) {
      return;
    }
    this.told.set(key, value);
    void vscode.commands.executeCommand("setContext", `viaduct.${key}`, value);
  }

  /** What there is to say about the tab that commands are about, one of `listed`. */
  tellTab(tab: ResultTab | undefined, listed: number): void {
    const statements = tab?.run.statements ?? [];
    const hasRows = tab?.rows === "here" && rowsOfRun(tab.run).length > 0;
    this.tell("hasResult", tab !== undefined);
    this.tell("hasRows", hasRows);
    this.tell("hasChangedValues", hasRows && statements.some(hasChangedValues));
    this.tell("resultPinned", tab?.pinned === true);
    this.tell("severalStatements", statements.length > 1);
    this.tell("severalResults", listed > 1);
  }
}
