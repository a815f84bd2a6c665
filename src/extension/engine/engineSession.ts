import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { CatalogInfo, ConnectionReport } from "../../protocol/catalog";
import type {
  EngineEvent,
  EngineEvents,
  EngineMethod,
  EngineRequests,
} from "../../protocol/engine";
import type { EngineInfo, EngineOptions } from "../../protocol/options";
import type { Disposable } from "../lifetime/disposableStore";
import { Emitter } from "../lifetime/emitter";
import { CrashCounter } from "./crashCounter";
import { attachmentMissing, engineUnavailable } from "./engineErrors";
import type { EngineLink } from "./engineLink";
import { engineEvents } from "./engineEvents";
import {
  SessionAttachments,
  type SessionAttachmentParts,
} from "./sessionAttachments";

/** Where the engine stands, for the status bar and the tree. */
export type EngineState =
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "ready"; readonly info: EngineInfo }
  | { readonly kind: "failed"; readonly error: ErrorInfo };

/** What the session is given by its owner. */
export interface EngineSessionParts extends SessionAttachmentParts {
  readonly start: () => EngineLink;
  readonly options: () => EngineOptions | Promise<EngineOptions>;
  /** Finds out what else is to be attached, once the engine can be asked and before anything is attached. */
  readonly prepare?: (link: EngineLink, info: EngineInfo) => Promise<void>;
  readonly now: () => number;
}

/**
 * The engine as the rest of the extension sees it: started on first use, started again after a crash with its
 * attachments, one state to show. Holds references to connection values only.
 */
export class EngineSession implements Disposable {
  private readonly stateEmitter = new Emitter<EngineState>();
  private readonly catalogsEmitter = new Emitter<void>();
  private readonly eventEmitter = new Emitter<EngineEventMessage>();
  private readonly own: SessionAttachments;
  private link: EngineLink | undefined;
  private starting: Promise<EngineLink> | undefined;
  private readonly crashes: CrashCounter;
  private current: EngineState = { kind: "stopped" };
  private disposed = false;
  private syncing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: EngineSessionParts) {
    this.own = new SessionAttachments(parts);
    this.crashes = new CrashCounter(parts.now);
  }

  readonly onStateChanged = this.stateEmitter.event;
  readonly onCatalogsChanged = this.catalogsEmitter.event;
  /** Every engine event, whatever process it comes from. */
  readonly onEvent = this.eventEmitter.event;

  /** An attachment of the settings could not be made, and nobody has asked for it just now. */
  get onAttachFailed(): SessionAttachments["onFailed"] {
    return this.own.onFailed;
  }

  get state(): EngineState {
    return this.current;
  }

  /** The attachments of this session by alias, reachable or not. */
  get attachments(): ReadonlyMap<string, AttachmentSpec> {
    return this.own.book.specs;
  }

  /** Attachments of the settings that the user has detached for this session. */
  get detached(): ReadonlyMap<string, AttachmentSpec> {
    return this.own.book.detached;
  }

  /** What is known under an alias: attached, detached, or tried in vain. */
  find(alias: string): AttachmentSpec | undefined {
    return this.own.book.find(alias);
  }

  /** Sends a request to the engine, which is started when it is not running. */
  async request<M extends EngineMethod>(
    method: M,
    params: EngineRequests[M]["params"],
  ): Promise<EngineRequests[M]["result"]> {
    const link = await this.ensureStarted();
    return link.request(method, params);
  }

  /** Attaches a database and remembers it for the next start of the engine. */
  async attach(spec: AttachmentSpec): Promise<CatalogInfo> {
    const link = await this.ensureStarted();
    try {
      return await this.own.attach(link, spec);
    } finally {
      this.catalogsEmitter.fire();
    }
  }

  /** Attaches again what a failed start, a lost server or the user left unattached. */
  async reconnect(alias: string): Promise<CatalogInfo> {
    const spec = this.own.book.find(alias);
    if (spec === undefined) {
      throw attachmentMissing(alias);
    }
    return this.attach(spec);
  }

  /** The attachment stays in the list, with what is wrong with it. */
  keep(spec: AttachmentSpec, problem: ErrorInfo): void {
    this.own.book.keep(spec, problem);
    this.catalogsEmitter.fire();
  }

  /** Connects as `attach` would, and attaches nothing. */
  async test(spec: AttachmentSpec): Promise<ConnectionReport> {
    const link = await this.ensureStarted();
    return this.own.test(link, spec);
  }

  /** Detaches a database for this session. */
  async detach(alias: string): Promise<void> {
    this.own.book.noteDetached(alias);
    await this.detachInEngine(alias);
  }

  /** Detaches a database and forgets it. */
  async forget(alias: string): Promise<void> {
    this.own.book.forget(alias);
    await this.detachInEngine(alias);
  }

  /** Brings the session in line with the settings; nothing happens before the engine runs. */
  sync(): Promise<void> {
    const next = this.syncing.then(async () => {
      const link = await this.starting?.catch(() => undefined);
      if (link !== undefined && (await this.own.bringInLine(link))) {
        this.catalogsEmitter.fire();
      }
    });
    this.syncing = next.catch(() => undefined);
    return next;
  }

  /** The catalogs of the engine, and the attachments that could not be attached. */
  async listCatalogs(): Promise<readonly CatalogInfo[]> {
    const link = await this.ensureStarted();
    const { present } = this.own;
    const catalogs = await link.request("listCatalogs", null);
    this.noteDatabase(catalogs);
    this.own.noteGone(present, catalogs);
    return [...catalogs, ...this.own.missing(catalogs)];
  }

  /** Ends the engine and starts a new one, with the attachments that the settings name now. */
  async restart(): Promise<EngineInfo> {
    await this.stop();
    this.own.book.clear();
    this.crashes.reset();
    await this.ensureStarted();
    if (this.current.kind !== "ready") {
      throw engineUnavailable();
    }
    return this.current.info;
  }

  /** Ends a process that does not answer; the new one comes by itself, as after a crash. */
  kill(): void {
    this.link?.kill();
  }

  dispose(): void {
    this.disposed = true;
    void this.stop();
    this.stateEmitter.dispose();
    this.catalogsEmitter.dispose();
    this.eventEmitter.dispose();
    this.own.dispose();
  }

  private async stop(): Promise<void> {
    const link = this.link;
    this.link = undefined;
    this.starting = undefined;
    this.setState({ kind: "stopped" });
    await link?.dispose();
  }

  private ensureStarted(): Promise<EngineLink> {
    if (this.disposed) {
      return Promise.reject(engineUnavailable());
    }
    if (this.starting === undefined) {
      const starting = this.start();
      this.starting = starting;
      starting.catch(() => {
        if (this.starting === starting) {
          this.starting = undefined;
        }
      });
    }
    return this.starting;
  }

  private async start(): Promise<EngineLink> {
    const link = this.parts.start();
    this.setState({ kind: "starting" });
    this.link = link;
    this.forwardEvents(link);
    link.onExit(({ expected }) => {
      this.onLinkExit(link, expected);
    });
    try {
      const options = await this.parts.options();
      const info = await link.request("initialize", options);
      await this.parts.prepare?.(link, info);
      await this.own.restore(link, () => {
        this.catalogsEmitter.fire();
      });
      // A process that has ended meanwhile says so to whoever asks it; the state is that of the one after it.
      if (this.link === link) {
        this.setState({ kind: "ready", info });
        this.catalogsEmitter.fire();
      }
      return link;
    } catch (error) {
      if (this.link === link) {
        this.link = undefined;
        this.starting = undefined;
        this.setState({ kind: "failed", error: toErrorInfo(error) });
      }
      void link.dispose();
      throw error;
    }
  }

  private async detachInEngine(alias: string): Promise<void> {
    try {
      const link = this.link === undefined ? undefined : await this.starting;
      if (link !== undefined) {
        await this.own.detach(link, alias);
      }
    } finally {
      this.catalogsEmitter.fire();
    }
  }

  private forwardEvents(link: EngineLink): void {
    for (const event of engineEvents) {
      link.onEvent(event, (payload) => {
        this.eventEmitter.fire({ event, payload } as EngineEventMessage);
      });
    }
    link.onEvent("catalogsChanged", () => {
      this.catalogsEmitter.fire();
    });
  }

  private onLinkExit(link: EngineLink, expected: boolean): void {
    if (this.link !== link) {
      return;
    }
    this.link = undefined;
    this.starting = undefined;
    // A process that was ended on purpose has not crashed.
    if (this.disposed || (!expected && this.crashes.count())) {
      this.setState({ kind: "failed", error: engineUnavailable().info });
      return;
    }
    this.ensureStarted().catch(() => {
      // The state says what is wrong; the next request tries again.
    });
  }

  /** A DuckDB file is opened by its first use and after a release: the state says how that went. */
  private noteDatabase(catalogs: readonly CatalogInfo[]): void {
    const state = this.current;
    if (state.kind !== "ready") {
      return;
    }
    const own = catalogs.find(({ name }) => name === state.info.catalog);
    const known = state.info.databaseProblem?.message;
    if (own !== undefined && own.problem?.message !== known) {
      this.setState({
        ...state,
        info: { ...state.info, databaseProblem: own.problem },
      });
    }
  }

  private setState(state: EngineState): void {
    this.current = state;
    this.stateEmitter.fire(state);
  }
}

/** One engine event with its name, so that a listener can switch on it. */
export type EngineEventMessage = {
  [E in EngineEvent]: { readonly event: E; readonly payload: EngineEvents[E] };
}[EngineEvent];
