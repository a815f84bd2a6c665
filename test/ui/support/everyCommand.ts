import path from "node:path";
import type {
  CommandId,
  CommandTable,
} from "../../../src/extension/commands/commandTable";
import type { PanelCommandTable } from "../../../src/extension/commands/resultTable";
import { panelActions } from "../../../src/protocol/panelActions";

/** Every command with arguments that let it act at once in a trusted workspace, without a question. */
export function everyCommand(folder: string): {
  readonly [I in CommandId]: Parameters<CommandTable[I]>;
} {
  const node = { catalog: "source_memories" };
  const table = { ...node, schema: "public", relation: "sources" };
  const source = {
    kind: "envFile",
    file: path.join(folder, ".env"),
    prefix: "POSTGRES_",
  } as const;
  const spec = { alias: "another", source, readOnly: true };
  const uri = `file://${path.join(folder, "sql/04-hybrid.sql")}`;
  const statement = { uri, start: 0, end: 400 };
  const place = { path: source.file, line: 0, column: 0 };
  const finding = {
    uri: `file://${path.join(folder, "sql/08-credentials.sql")}`,
    rule: "CS101",
    range: {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 1 },
    },
  };
  const about = { ...node, error: null };
  return {
    "viaduct.attachFromEnvFile": [spec],
    "viaduct.addAttachment": [spec],
    "viaduct.editAttachment": [node],
    "viaduct.testConnection": [node],
    "viaduct.attach": [node],
    "viaduct.removeAttachment": [node],
    "viaduct.setPassword": [node],
    "viaduct.forgetPassword": [node],
    "viaduct.moveToSecretStorage": [node],
    "viaduct.chooseSslMode": [node],
    "viaduct.openSource": [place],
    "viaduct.openSettings": ["viaduct.attachments"],
    "viaduct.showProblem": [about],
    "viaduct.detach": [node],
    "viaduct.reconnect": [node],
    "viaduct.refreshExplorer": [],
    "viaduct.previewRelation": [table],
    "viaduct.copyQualifiedName": [table],
    "viaduct.keepLocalCopy": [table],
    "viaduct.dropLocalCopy": [table],
    "viaduct.runStatement": [statement],
    "viaduct.runFile": [],
    "viaduct.runOn": [node.catalog, statement],
    "viaduct.cancelRun": [],
    "viaduct.showResults": [],
    "viaduct.queryHistory": [],
    "viaduct.clearHistory": [],
    "viaduct.createSecretFromEnvFile": [
      { name: "secret", source, alias: "by_secret" },
    ],
    "viaduct.installExtension": ["fts"],
    "viaduct.installExtensionFromFile": [
      path.join(folder, "fts.duckdb_extension"),
    ],
    "viaduct.installExtensionFromRepository": [folder, "fts"],
    "viaduct.loadExtension": ["fts"],
    "viaduct.updateExtension": ["fts"],
    "viaduct.verifyExtension": ["fts"],
    "viaduct.verifyAllExtensions": [],
    "viaduct.uninstallExtension": ["fts"],
    "viaduct.refreshExtensions": [],
    "viaduct.restartEngine": [],
    "viaduct.chooseDatabase": [],
    "viaduct.releaseDatabase": [],
    "viaduct.openEnvFile": [node],
    "viaduct.selectDbtTarget": [{ profile: "canary", target: "dev" }],
    "viaduct.openProfile": [place],
    "viaduct.runDoctor": [],
    "viaduct.showMenu": [],
    "viaduct.showLog": [],
    "viaduct.moveCredential": [finding],
    "viaduct.moveAllCredentials": [finding.uri],
    "viaduct.makeAttachment": [finding],
    "viaduct.addToBaseline": [finding],
    "viaduct.allowValue": [finding],
    "viaduct.storeCredential": [finding],
    "viaduct.forgetStoredSecret": ["APP_PASSWORD"],
    "viaduct.openRule": ["CS101"],
    "viaduct.lintWorkspace": [],
    "viaduct.pinResult": [],
    "viaduct.unpinResult": [],
    "viaduct.renameResult": [{}, "renamed"],
    "viaduct.rerunResult": [],
    "viaduct.openResultBeside": [],
    "viaduct.nextResult": [],
    "viaduct.previousResult": [],
    "viaduct.closeOtherResults": [],
    "viaduct.closeResult": [],
    "viaduct.exportResult": [
      { format: "csv", file: path.join(folder, "x.csv") },
    ],
    "viaduct.saveResultAsTable": [
      { target: { catalog: "x", schema: "main", table: "x", mode: "create" } },
    ],
    "viaduct.copyResultAs": [{ format: "tsv", headers: true }],
    "viaduct.showExactValues": [],
    "viaduct.showTimesIn": ["UTC"],
    ...(Object.fromEntries(
      panelActions.map((action) => [`viaduct.results.${action}`, []]),
    ) as unknown as { readonly [I in keyof PanelCommandTable]: [] }),
  };
}
