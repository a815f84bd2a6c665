import type {
  AttachmentSpec,
  EnvFileSource,
} from "../../core/connections/attachment";
import type { DbtSelection } from "../../core/dbt/profiles";
import type { ErrorInfo, FilePlace } from "../../core/errors/errorInfo";
import type { DoctorReport } from "../../core/doctor/report";
import type { CatalogInfo, ConnectionReport } from "../../protocol/catalog";
import type { CancelOutcome } from "../../protocol/engine";
import type { EngineInfo } from "../../protocol/options";
import type {
  ExtensionCheck,
  ExtensionInfo,
  ExtensionPlace,
  ExtensionUpdate,
} from "../../protocol/extensions";
import type { RunView } from "../../protocol/panel";
import type { SnapshotInfo, SnapshotKey } from "../../protocol/snapshots";
import type {
  MoveCredential,
  WorkspaceLintResult,
} from "../../protocol/server";
import { resultCommandIds, type ResultCommandTable } from "./resultTable";

/** What `viaduct.attachFromEnvFile` may be told, so that it need not ask. */
export interface AttachArguments {
  readonly alias: string;
  readonly source: EnvFileSource;
  readonly readOnly: boolean;
}

/** A way to say where connection values come from. */
export type SourceWay = "envFile" | "dbt" | "libpq" | "connection";

/** What `viaduct.createSecretFromEnvFile` may be told, so that it need not ask. */
export interface SecretArguments {
  readonly name: string;
  readonly source: EnvFileSource;
  /** The SQL is written into the editor, with an ATTACH under this alias. */
  readonly alias?: string;
}

/** What `viaduct.selectDbtTarget` may be told, so that it need not ask. */
export interface DbtChoice {
  /** Absolute path of the `profiles.yml`; without it, the one that dbt would take. */
  readonly file?: string;
  /** Null for none: the session no longer uses dbt's configuration. */
  readonly profile: string | null;
  /** The profile's default without it. */
  readonly target?: string;
}

/** A node of the tree, by what it stands for. */
export interface NodeReference {
  readonly catalog: string;
  readonly schema?: string;
  readonly relation?: string;
  readonly column?: string;
}

/** A node of the tree that has a problem to show. */
export interface ProblemReference extends NodeReference {
  readonly error?: ErrorInfo | null;
  readonly info?: { readonly problem?: ErrorInfo | null };
}

/** A piece of a document that is to be run: offsets into its text. */
export interface StatementReference {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

/** A DuckDB extension by its name, or its row in the tree. */
export type ExtensionReference = string | { readonly name: string };

/**
 * Every command: its id, its optional arguments, and what it returns so that a test (or another extension) can see
 * what it did; undefined where the user gave up or there was nothing to do.
 */
export interface CommandTable extends ResultCommandTable {
  "viaduct.attachFromEnvFile": (
    request?: AttachArguments,
  ) => Promise<CatalogInfo | undefined>;
  /** A spec is attached and saved without a question; a way is asked about at once. */
  "viaduct.addAttachment": (
    request?: AttachmentSpec | { readonly way?: SourceWay },
  ) => Promise<CatalogInfo | undefined>;
  "viaduct.editAttachment": (
    node?: NodeReference,
  ) => Promise<CatalogInfo | undefined>;
  "viaduct.testConnection": (
    node?: NodeReference,
  ) => Promise<ConnectionReport | undefined>;
  "viaduct.attach": (node?: NodeReference) => Promise<CatalogInfo | undefined>;
  "viaduct.removeAttachment": (
    node?: NodeReference,
  ) => Promise<string | undefined>;
  "viaduct.setPassword": (
    node?: NodeReference,
  ) => Promise<CatalogInfo | undefined>;
  "viaduct.forgetPassword": (
    node?: NodeReference,
  ) => Promise<string | undefined>;
  "viaduct.moveToSecretStorage": (
    node?: NodeReference,
  ) => Promise<CatalogInfo | undefined>;
  "viaduct.chooseSslMode": (
    node?: NodeReference,
  ) => Promise<CatalogInfo | undefined>;
  "viaduct.openSource": (
    about?: FilePlace | NodeReference,
  ) => Promise<string | undefined>;
  /** `key` is shown in the settings file; without it, all of Viaduct's settings. */
  "viaduct.openSettings": (key?: string) => Promise<void>;
  "viaduct.showProblem": (node?: ProblemReference) => Promise<void>;
  "viaduct.detach": (node?: NodeReference) => Promise<string | undefined>;
  "viaduct.reconnect": (
    node?: NodeReference,
  ) => Promise<CatalogInfo | undefined>;
  "viaduct.refreshExplorer": () => void;
  "viaduct.previewRelation": (
    node?: NodeReference,
  ) => Promise<RunView | undefined>;
  "viaduct.copyQualifiedName": (
    node?: NodeReference,
  ) => Promise<string | undefined>;
  "viaduct.keepLocalCopy": (
    node?: NodeReference,
  ) => Promise<SnapshotInfo | undefined>;
  "viaduct.dropLocalCopy": (
    node?: NodeReference,
  ) => Promise<SnapshotKey | undefined>;
  "viaduct.runStatement": (
    statement?: StatementReference,
  ) => Promise<RunView | undefined>;
  "viaduct.runFile": () => Promise<RunView | undefined>;
  "viaduct.runOn": (
    alias?: string,
    statement?: StatementReference,
  ) => Promise<RunView | undefined>;
  "viaduct.cancelRun": () => Promise<CancelOutcome | undefined>;
  "viaduct.showResults": () => Promise<void>;
  /** Answers the run where a statement was run again. */
  "viaduct.queryHistory": () => Promise<RunView | undefined>;
  /** Answers how many statements are gone. */
  "viaduct.clearHistory": () => Promise<number | undefined>;
  "viaduct.createSecretFromEnvFile": (
    request?: SecretArguments,
  ) => Promise<string | undefined>;
  "viaduct.installExtension": (
    extension?: ExtensionReference,
    place?: ExtensionPlace,
  ) => Promise<ExtensionInfo | undefined>;
  "viaduct.installExtensionFromFile": (
    file?: string,
  ) => Promise<ExtensionInfo | undefined>;
  "viaduct.installExtensionFromRepository": (
    repository?: string,
    extension?: ExtensionReference,
  ) => Promise<ExtensionInfo | undefined>;
  "viaduct.loadExtension": (
    extension?: ExtensionReference,
  ) => Promise<ExtensionInfo | undefined>;
  "viaduct.updateExtension": (
    extension?: ExtensionReference,
  ) => Promise<ExtensionUpdate | undefined>;
  "viaduct.verifyExtension": (
    extension?: ExtensionReference,
  ) => Promise<ExtensionCheck | undefined>;
  "viaduct.verifyAllExtensions": () => Promise<readonly ExtensionCheck[]>;
  "viaduct.uninstallExtension": (
    extension?: ExtensionReference,
  ) => Promise<ExtensionInfo | undefined>;
  "viaduct.refreshExtensions": () => void;
  "viaduct.restartEngine": () => Promise<EngineInfo>;
  "viaduct.chooseDatabase": () => Promise<string | undefined>;
  /** False when something keeps the file open. */
  "viaduct.releaseDatabase": () => Promise<boolean>;
  "viaduct.openEnvFile": (node?: NodeReference) => Promise<string | undefined>;
  "viaduct.selectDbtTarget": (
    choice?: DbtChoice,
  ) => Promise<DbtSelection | undefined>;
  "viaduct.openProfile": (
    about?: FilePlace | NodeReference,
  ) => Promise<string | undefined>;
  "viaduct.runDoctor": () => Promise<DoctorReport>;
  "viaduct.showMenu": () => Promise<void>;
  "viaduct.showLog": () => void;
  "viaduct.moveCredential": (
    reference?: MoveCredential,
  ) => Promise<string | undefined>;
  /** `uri` of a document; without it, the active editor's. Answers how many findings are gone. */
  "viaduct.moveAllCredentials": (
    uri?: string,
    into?: "secretStorage",
  ) => Promise<number | undefined>;
  /** Of an ATTACH with a password. */
  "viaduct.makeAttachment": (
    reference?: MoveCredential,
  ) => Promise<CatalogInfo | undefined>;
  "viaduct.addToBaseline": (
    finding?: MoveCredential,
  ) => Promise<string | undefined>;
  /** Answers the entry of the settings, a hash. */
  "viaduct.allowValue": (
    finding?: MoveCredential,
  ) => Promise<string | undefined>;
  /** Answers the name that `getenv()` asks for. */
  "viaduct.storeCredential": (
    finding?: MoveCredential,
  ) => Promise<string | undefined>;
  "viaduct.forgetStoredSecret": (name?: string) => Promise<string | undefined>;
  "viaduct.openRule": (rule?: string) => Promise<string | undefined>;
  /** Undefined when the lint is switched off. */
  "viaduct.lintWorkspace": () => Promise<WorkspaceLintResult | undefined>;
}

/** The id of a command; a wrong one does not compile. */
export type CommandId = keyof CommandTable;

/** Every command id, for the check of the manifest against the table. */
export const commandIds: readonly CommandId[] = [
  ...resultCommandIds,
  ...(Object.keys({
    "viaduct.attachFromEnvFile": true,
    "viaduct.addAttachment": true,
    "viaduct.editAttachment": true,
    "viaduct.testConnection": true,
    "viaduct.attach": true,
    "viaduct.removeAttachment": true,
    "viaduct.setPassword": true,
    "viaduct.forgetPassword": true,
    "viaduct.moveToSecretStorage": true,
    "viaduct.chooseSslMode": true,
    "viaduct.openSource": true,
    "viaduct.openSettings": true,
    "viaduct.showProblem": true,
    "viaduct.detach": true,
    "viaduct.reconnect": true,
    "viaduct.refreshExplorer": true,
    "viaduct.previewRelation": true,
    "viaduct.copyQualifiedName": true,
    "viaduct.keepLocalCopy": true,
    "viaduct.dropLocalCopy": true,
    "viaduct.runStatement": true,
    "viaduct.runFile": true,
    "viaduct.runOn": true,
    "viaduct.cancelRun": true,
    "viaduct.showResults": true,
    "viaduct.queryHistory": true,
    "viaduct.clearHistory": true,
    "viaduct.createSecretFromEnvFile": true,
    "viaduct.installExtension": true,
    "viaduct.installExtensionFromFile": true,
    "viaduct.installExtensionFromRepository": true,
    "viaduct.loadExtension": true,
    "viaduct.updateExtension": true,
    "viaduct.verifyExtension": true,
    "viaduct.verifyAllExtensions": true,
    "viaduct.uninstallExtension": true,
    "viaduct.refreshExtensions": true,
    "viaduct.restartEngine": true,
    "viaduct.chooseDatabase": true,
    "viaduct.releaseDatabase": true,
    "viaduct.openEnvFile": true,
    "viaduct.selectDbtTarget": true,
    "viaduct.openProfile": true,
    "viaduct.runDoctor": true,
    "viaduct.showMenu": true,
    "viaduct.showLog": true,
    "viaduct.moveCredential": true,
    "viaduct.moveAllCredentials": true,
    "viaduct.makeAttachment": true,
    "viaduct.addToBaseline": true,
    "viaduct.allowValue": true,
    "viaduct.storeCredential": true,
    "viaduct.forgetStoredSecret": true,
    "viaduct.openRule": true,
    "viaduct.lintWorkspace": true,
  } satisfies Record<
    Exclude<CommandId, keyof ResultCommandTable>,
    true
  >) as CommandId[]),
];
