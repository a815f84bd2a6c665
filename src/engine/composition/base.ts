import type { Redactor } from "../../core/errors/redactor";
import type { EngineEventSink } from "../../protocol/engine";
import type { EngineOptions } from "../../protocol/options";
import type { Connections } from "../connections";
import type { WorkspaceDatabase } from "../database";
import type { Journal } from "../journal/journal";
import type { ResultStore } from "../results/resultStore";
import type { SessionPreparation } from "../settings/sessionPreparation";

/** What the parts of a session are made from. */
export interface Base {
  readonly options: EngineOptions;
  readonly redactor: Redactor;
  readonly emit: EngineEventSink;
  readonly onChanged: () => void;
  readonly database: WorkspaceDatabase;
  readonly connections: Connections;
  readonly store: ResultStore;
  readonly journal: Journal;
  readonly version: string;
  readonly platform: string;
  /** The session's own, for temporary files. */
  readonly folder: string;
  readonly preparation: SessionPreparation;
}
