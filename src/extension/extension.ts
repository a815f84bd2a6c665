import * as vscode from "vscode";
import { attachmentTable } from "./attach/attachmentTable";
import type { AttachParts } from "./attach/attachParts";
import { createSecretFromEnvFile } from "./attach/createSecret";
import { makeAttachParts } from "./attach/makeAttachParts";
import { SettingsSync } from "./attach/settingsSync";
import { SourceWatch } from "./attach/watchSources";
import type { CommandTable } from "./commands/commandTable";
import { registerCommands } from "./commands/registerCommands";
import { dropLocalCopy, keepLocalCopy } from "./copies/copyCommands";
import { LocalCopies } from "./copies/localCopies";
import { chooseDatabase } from "./database/chooseDatabase";
import { releaseDatabase } from "./database/releaseDatabase";
import { DoctorPanel } from "./doctor/doctorPanel";
import { runDoctor } from "./doctor/runDoctor";
import { DbtParts } from "./dbt/dbtParts";
import { openProfile } from "./dbt/openProfile";
import { selectDbtTarget } from "./dbt/selectDbtTarget";
import { tellEngine } from "./engine/tellEngine";
import type { EngineSession, EngineState } from "./engine/engineSession";
import { Explorer } from "./explorer/explorer";
import { EnvironmentDecorations } from "./explorer/environmentDecorations";
import {
  copyQualifiedName,
  previewRelation,
  showProblem,
} from "./explorer/explorerCommands";
import { ExtensionsView } from "./extensions/extensionsView";
import { extensionCommands } from "./extensions/extensionTable";
import { historyCommands } from "./history/historyCommands";
import { makeHistory } from "./history/makeHistory";
import type { QueryHistory } from "./history/queryHistory";
import { DisposableStore, type Disposable } from "./lifetime/disposableStore";
import { LanguageServer } from "./lint/languageServer";
import { lintCommands } from "./lint/lintCommands";
import { lintReport } from "./lint/report/lintReport";
import type { LintReportPanel } from "./lint/report/lintReportPanel";
import { resultCommands } from "./results/resultCommands";
import { rowsCommands } from "./results/rowsCommands";
import { Results } from "./results/results";
import { ResultsView } from "./results/resultsView";
import type { RunView } from "../protocol/panel";
import { confirmWrites } from "./run/confirmWrites";
import { RunActions } from "./run/runActions";
import { runFile, runOn, runStatement } from "./run/runCommands";
import { RunLensProvider } from "./run/runLenses";
import { makeRunService } from "./run/makeRunService";
import type { RunService } from "./run/runService";
import { Settings } from "./settings/settings";
import { showMenu } from "./status/showMenu";
import { StatusBar } from "./status/statusBar";

/**
 * The composition root: makes every part and hands each what it needs. Nothing here waits for a file, starts a process
 * or connects to anything; dbt projects are looked for afterwards, the language server starts with the first SQL or YAML
 * document, the engine with its first use.
 */
export function activate(context: vscode.ExtensionContext): ViaductApi {
  const started = performance.now();
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const log = store.add(
    vscode.window.createOutputChannel("Viaduct", { log: true }),
  );
  const settings = new Settings();
  const server = store.add(
    new LanguageServer(context.asAbsolutePath("dist/server.js"), settings, log),
  );
  const dbt = store.add(new DbtParts(settings, log));
  const attaching = makeAttachParts(context, settings, dbt.session);
  const session = store.add(attaching.session);
  const runs = makeRunService(context, session, log, store);
  const history = makeHistory(context, { session, settings, runs, log, store });
  const actions = new RunActions(runs, attaching);
  const { extensionUri } = context;
  const results = store.add(
    new Results(context, { session, settings, runs, actions, log }),
  );
  const copies = store.add(new LocalCopies(session));
  const explorer = store.add(new Explorer(session, settings, copies));

  const extensions = store.add(new ExtensionsView(session));
  showActivity(store, session, runs, log);
  store.add(askUser({ attaching, explorer, dbt, runs, log }));
  store.add(registerViews(results.view, explorer));
  store.add(
    vscode.window.registerTreeDataProvider(ExtensionsView.id, extensions),
  );
  store.add(registerLenses(store.add(new RunLensProvider(settings, session))));
  const doctor = store.add(new DoctorPanel({ extensionUri, session }));
  const report = lintReport(store, extensionUri, server, settings);
  const parts: Parts = {
    log,
    doctor,
    report,
    settings,
    attaching,
    server,
    session,
    dbt,
    runs,
    results,
    history,
    explorer,
    extensions,
    copies,
  };
  store.add(registerCommands(commands(parts, context), log));
  return {
    activationMs: performance.now() - started,
    get currentRun() {
      return runs.current;
    },
    get engineState() {
      return session.state.kind;
    },
  };
}

/** What the engine and the runs do, in the status bar and for `when` clauses. */
function showActivity(
  store: DisposableStore,
  session: EngineSession,
  runs: RunService,
  log: vscode.LogOutputChannel,
): void {
  store.add(new StatusBar(session, runs));
  store.add(tellEngine(session, log));
  store.add(showRunning(runs));
}

/** What another extension (or a test) sees of Viaduct, beside what its commands return. */
export interface ViaductApi {
  /** The newest run as the panel shows it; null when nothing was run. */
  readonly currentRun: RunView | null;
  /** How long `activate` took. */
  readonly activationMs: number;
  readonly engineState: EngineState["kind"];
}

interface Parts {
  readonly log: vscode.LogOutputChannel;
  readonly doctor: DoctorPanel;
  readonly report: LintReportPanel;
  readonly settings: Settings;
  readonly attaching: AttachParts;
  readonly server: LanguageServer;
  readonly session: EngineSession;
  readonly dbt: DbtParts;
  readonly runs: RunService;
  readonly results: Results;
  readonly history: QueryHistory;
  readonly explorer: Explorer;
  readonly extensions: ExtensionsView;
  readonly copies: LocalCopies;
}

function commands(
  {
    log,
    doctor,
    report,
    settings,
    attaching,
    server,
    session,
    dbt,
    runs,
    results,
    history,
    explorer,
    extensions,
    copies,
  }: Parts,
  context: Pick<vscode.ExtensionContext, "extensionUri" | "workspaceState">,
): CommandTable {
  const reveal = () => results.view.reveal();
  const running = { session, runs, reveal };
  return {
    ...attachmentTable(attaching),
    "viaduct.showProblem": showProblem(),
    "viaduct.createSecretFromEnvFile": createSecretFromEnvFile(attaching),
    "viaduct.refreshExplorer": () => {
      explorer.refresh();
    },
    "viaduct.previewRelation": previewRelation(runs, reveal),
    "viaduct.copyQualifiedName": copyQualifiedName(),
    "viaduct.keepLocalCopy": keepLocalCopy({ attaching, copies }),
    "viaduct.dropLocalCopy": dropLocalCopy({ attaching, copies }),
    "viaduct.runStatement": runStatement(running),
    "viaduct.runFile": runFile(running),
    "viaduct.runOn": runOn(running),
    "viaduct.cancelRun": () => runs.cancel(),
    "viaduct.showResults": reveal,
    ...historyCommands({ ...running, history, settings }),
    ...resultCommands(results),
    ...rowsCommands(context, { session, results, settings }),
    ...extensionCommands(session, extensions),
    "viaduct.restartEngine": () => session.restart(),
    "viaduct.chooseDatabase": chooseDatabase(session, settings),
    "viaduct.releaseDatabase": releaseDatabase(session, settings),
    "viaduct.selectDbtTarget": selectDbtTarget(session, settings, dbt),
    "viaduct.openProfile": openProfile(session, dbt),
    "viaduct.runDoctor": runDoctor(doctor),
    "viaduct.showMenu": showMenu(),
    "viaduct.showLog": () => {
      log.show(true);
    },
    ...lintCommands(server, settings, context.extensionUri, attaching, report),
  };
}

/** Asks and tells what nobody has asked for: before a write to a server, and when settings or files have changed. */
function askUser({
  attaching,
  explorer,
  dbt,
  runs,
  log,
}: Pick<
  Parts,
  "attaching" | "explorer" | "dbt" | "runs" | "log"
>): DisposableStore {
  const { session, settings } = attaching;
  const store = new DisposableStore();
  store.add(confirmWrites(session, settings, runs, log));
  const idle = (): Promise<void> => runs.idle();
  store.add(new SourceWatch({ session, settings, dbt: dbt.session, idle }));
  store.add(
    new SettingsSync(attaching, log, () => {
      explorer.refresh();
    }),
  );
  return store;
}

/** Keeps the context key that menus and keys look at. */
function showRunning(runs: RunService): Disposable {
  return runs.onRunChanged(() => {
    void vscode.commands.executeCommand(
      "setContext",
      "viaduct.running",
      runs.running,
    );
  });
}

function registerViews(
  results: ResultsView,
  explorer: Explorer,
): DisposableStore {
  const store = new DisposableStore();
  store.add(
    vscode.window.registerWebviewViewProvider(ResultsView.id, results, {
      // A page that is only hidden comes back at once, where it was; a reload gets the state from the host.
      webviewOptions: { retainContextWhenHidden: true },
    }),
  );
  store.add(new EnvironmentDecorations());
  store.add(
    vscode.window.createTreeView(Explorer.id, {
      treeDataProvider: explorer,
      showCollapseAll: true,
    }),
  );
  return store;
}

function registerLenses(lenses: RunLensProvider): Disposable {
  return vscode.languages.registerCodeLensProvider({ language: "sql" }, lenses);
}
