import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import * as vscode from "vscode";
import type {
  CommandId,
  CommandTable,
} from "../../src/extension/commands/commandTable";
import { canary, filesWithCanary, findCanary } from "../support/canary";
import {
  writeCanarySources,
  type CanarySources,
} from "../support/canarySources";
import { seenProcesses } from "../support/processes";
import type { Answer } from "./answer";
import { answering } from "./answers";
import { demoValues, file } from "./attachmentSupport";
import { run, workspaceFolder } from "./support";
import type { WatchedWindow } from "./watchedWindow";

/** A role of the demo's server whose password is the canary, and the search through all that it may have got into. */
export class CanaryHost {
  /** What was said, asked, returned and shown so far. */
  readonly seen: string[] = [];

  private constructor(
    private readonly window: WatchedWindow,
    readonly database: string,
    readonly good: CanarySources,
    /** The same ways in, to a port where nobody listens. */
    readonly bad: CanarySources,
    /** Files that have the password because the test wrote it there. */
    readonly known: string[],
  ) {}

  static async start(window: WatchedWindow): Promise<CanaryHost> {
    const values = await demoValues();
    const port = Number(values.get("PORT"));
    const database = values.get("DATABASE") ?? "";
    const admin = new Client({
      host: "127.0.0.1",
      port,
      user: "postgres",
      password: await readFile(
        path.join(workspaceFolder(), "../postgres.password"),
        "utf8",
      ),
      database,
    });
    await admin.connect();
    const { rowCount } = await admin.query(
      "SELECT 1 FROM pg_roles WHERE rolname = 'canary_host'",
    );
    await admin.query(
      `${rowCount === 0 ? "CREATE" : "ALTER"} ROLE canary_host LOGIN PASSWORD ${admin.escapeLiteral(canary)};
       GRANT pg_read_all_data TO canary_host; GRANT CREATE ON SCHEMA public TO canary_host`,
    );
    await admin.end();
    const place = { host: "127.0.0.1", port, user: "canary_host", database };
    mkdirSync(file("canary"));
    const good = await writeCanarySources(file("canary"), "good", place);
    const bad = await writeCanarySources(file("canary"), "bad", {
      ...place,
      port: 1,
    });
    const known = [...good.files, ...bad.files];
    return new CanaryHost(window, database, good, bad, known);
  }

  /** Runs a command, with the user's answers; what it returns and shows is searched. */
  async run<I extends CommandId>(
    answers: readonly Answer[],
    id: I,
    ...args: Parameters<CommandTable[I]>
  ): Promise<Awaited<ReturnType<CommandTable[I]>>> {
    const { result, asked } = await answering(answers, () => run(id, ...args));
    this.seen.push(JSON.stringify(result ?? null), ...asked.shown);
    return result;
  }

  /** Looks everywhere. */
  async search(): Promise<void> {
    this.seen.push(
      ...(await this.window.tree("viaduct.explorer", 2)),
      ...this.window.statusBar,
      ...vscode.languages
        .getDiagnostics()
        .map(([uri, found]) => JSON.stringify([uri, found])),
    );
    for (const text of [
      ...this.seen,
      ...this.window.log,
      ...documentTexts(this.known),
      ...seenProcesses().flatMap((each) => [each.arguments, each.environment]),
    ]) {
      assert.equal(findCanary(text), null);
    }
    assert.deepEqual(filesWithCanary(dataFolder()), []);
    assert.deepEqual(filesWithCanary(workspaceFolder(), this.known), []);
  }
}

/** Where VS Code keeps settings, state, storage, local history and logs. */
export function dataFolder(): string {
  const folder = process.env["VIADUCT_TEST_DATA"];
  assert.ok(folder, "VIADUCT_TEST_DATA names no folder");
  return folder;
}

/** What is open, the output channels among it. */
function documentTexts(known: readonly string[]): readonly string[] {
  return vscode.workspace.textDocuments
    .filter(({ uri }) => !known.includes(uri.fsPath))
    .map((document) => document.getText());
}
