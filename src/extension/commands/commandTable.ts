import type { EnvFileSource } from "../../core/connections/attachment";
import type { DbtSelection } from "../../core/dbt/profiles";
import type { FilePlace } from "../../core/errors/errorInfo";
import type { DoctorReport } from "../../core/doctor/report";
import type { CatalogInfo } from "../../protocol/catalog";
import type { CancelOutcome, EngineInfo } from "../../protocol/engine";
import type { ExtensionInfo } from "../../protocol/extensions";
import type { RunView } from "../../protocol/panel";
import type { MoveCredential } from "../../protocol/server";

/** What `viaduct.attachFromEnvFile` may be told, so that it need not ask. */
export interface AttachArguments {
  readonly alias: string;
  readonly source: EnvFileSource;
  readonly readOnly: boolean;
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

/** A piece of a document that is to be run: offsets into its text. */
export interface StatementReference {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Every command: its id, its optional arguments, and what it returns so that a test (or another extension) can see
 * what it did; undefined where the user gave up or there was nothing to do.
 */
export interface CommandTable {
  "viaduct.attachFromEnvFile": (
    request?: AttachArguments,
  ) => Promise<CatalogInfo | undefined>;
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
  "viaduct.createSecretFromEnvFile": () => Promise<string | undefined>;
  "viaduct.installExtension": (
    name?: string,
  ) => Promise<ExtensionInfo | undefined>;
  "viaduct.loadExtension": (
    name?: string,
  ) => Promise<ExtensionInfo | undefined>;
  "viaduct.restartEngine": () => Promise<EngineInfo>;
  "viaduct.chooseDatabase": () => Promise<string | undefined>;
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
}

/** The id of a command; a wrong one does not compile. */
export type CommandId = keyof CommandTable;

/** Every command id, for the check of the manifest against the table. */
export const commandIds: readonly CommandId[] = Object.keys({
  "viaduct.attachFromEnvFile": true,
  "viaduct.detach": true,
  "viaduct.reconnect": true,
  "viaduct.refreshExplorer": true,
  "viaduct.previewRelation": true,
  "viaduct.copyQualifiedName": true,
  "viaduct.runStatement": true,
  "viaduct.runFile": true,
  "viaduct.runOn": true,
  "viaduct.cancelRun": true,
  "viaduct.showResults": true,
  "viaduct.createSecretFromEnvFile": true,
  "viaduct.installExtension": true,
  "viaduct.loadExtension": true,
  "viaduct.restartEngine": true,
  "viaduct.chooseDatabase": true,
  "viaduct.openEnvFile": true,
  "viaduct.selectDbtTarget": true,
  "viaduct.openProfile": true,
  "viaduct.runDoctor": true,
  "viaduct.showMenu": true,
  "viaduct.showLog": true,
  "viaduct.moveCredential": true,
} satisfies Record<CommandId, true>) as CommandId[];
