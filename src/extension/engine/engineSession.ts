import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { CatalogInfo } from "../../protocol/catalog";
import type {
  EngineEvent,
  EngineEvents,
  EngineInfo,
  EngineMethod,
  EngineOptions,
  EngineRequests,
} from "../../protocol/engine";
import type { Disposable } from "../lifetime/disposableStore";
import { Emitter } from "../lifetime/emitter";
import {
  attachmentMissing,
  engineUnavailable,
  unattached,
} from "./engineErrors";
import { engineEvents } from "./engineEvents";

/** What the session needs of an engine process; `EngineProcess` is the real one. */
export interface EngineLink {
  request<M extends EngineMethod>(
    method: M,
    params: EngineRequests[M]["params"],
  ): Promise<EngineRequests[M]["result"]>;
  onEvent<E extends EngineEvent>(
    event: E,
    listener: (payload: EngineEvents[E]) => void,
  ): Disposable;
  /** Fires once, when the process is gone; `expected` after `dispose` or `kill`. */
  onExit(listener: (exit: { readonly expected: boolean }) => void): Disposable;
  /** Ends the process now. */
  kill(): void;
  /** Asks the process to end, and ends it when it does not. */
  dispose(): Promise<void>;
}

/** Where the engine stands, for the status bar and the tree. */
export type EngineState =
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "ready"; readonly info: EngineInfo }
  | { readonly kind: "failed"; readonly error: ErrorInfo };

/** What the session is given by its owner. */
export interface EngineSessionParts {
  readonly start: () => EngineLink;
  readonly options: () => EngineOptions;
  /** The attachments to begin with; later ones come through `attach`. */
  readonly attachments: () => readonly AttachmentSpec[];
  readonly now: () => number;
}

/** After this many crashes within `crashWindowMs` the engine stays down until it is asked for again. */
const crashLimit = 3;
const crashWindowMs = 60_000;

/**
 * The engine as the rest of the extension sees it: started on first use, started again after a crash with its
 * attachments, one state to show. Holds references to connection values only.
 */
export class EngineSession implements Disposable {
  private readonly stateEmitter = new Emitter<EngineState>();
  private readonly catalogsEmitter = new Emitter<void>();
  private readonly eventEmitter = new Emitter<EngineEventMessage>();
  private readonly specs = new Map<string, AttachmentSpec>();
  private readonly problems = new Map<string, ErrorInfo>();
  private link: EngineLink | undefined;
  private starting: Promise<EngineLink> | undefined;
  private crashes: number[] = [];
  private current: EngineState = { kind: "stopped" };
  private disposed = false;

  constructor(private readonly parts: EngineSessionParts) {}

  readonly onStateChanged = this.stateEmitter.event;
  readonly onCatalogsChanged = this.catalogsEmitter.event;
  /** Every engine event, whatever process it comes from. */
  readonly onEvent = this.eventEmitter.event;

  get state(): EngineState {
    return this.current;
  }

  /** The attachments of this session by alias, reachable or not. */
  get attachments(): ReadonlyMap<string, AttachmentSpec> {
    return this.specs;
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
    const info = await link.request("attach", spec);
    this.specs.set(spec.alias, spec);
    this.problems.delete(spec.alias);
    this.catalogsEmitter.fire();
    return info;
  }

  /** Attaches again what a failed start or a lost server left unattached. */
  async reconnect(alias: string): Promise<CatalogInfo> {
    const spec = this.specs.get(alias);
    if (spec === undefined) {
      throw attachmentMissing(alias);
    }
    try {
      return await this.attach(spec);
    } catch (error) {
      this.problems.set(alias, toErrorInfo(error));
      this.catalogsEmitter.fire();
      throw error;
    }
  }

  /** Detaches a database and forgets it. */
  async detach(alias: string): Promise<void> {
    this.specs.delete(alias);
    this.problems.delete(alias);
    if (this.link !== undefined) {
      // Also after a failed attempt the engine may have it, from before; another catalog of the name is the user's.
      const catalogs = await this.request("listCatalogs", null);
      if (catalogs.some(({ name, managed }) => name === alias && managed)) {
        await this.request("detach", { alias });
      }
    }
    this.catalogsEmitter.fire();
  }

  /** The catalogs of the engine, and the attachments that could not be attached. */
  async listCatalogs(): Promise<readonly CatalogInfo[]> {
    const catalogs = await this.request("listCatalogs", null);
    this.noteDatabase(catalogs);
    const known = new Set(catalogs.map((catalog) => catalog.name));
    const missing = [...this.specs.values()].filter(
      (spec) => !known.has(spec.alias),
    );
    return [
      ...catalogs,
      ...missing.map((spec) => unattached(spec, this.problems.get(spec.alias))),
    ];
  }

  /** Ends the engine and starts a new one, with the attachments that the settings name now. */
  async restart(): Promise<EngineInfo> {
    await this.stop();
    this.specs.clear();
    this.problems.clear();
    this.crashes = [];
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
    this.starting ??= this.start();
    return this.starting;
  }

  private async start(): Promise<EngineLink> {
    this.setState({ kind: "starting" });
    const link = this.parts.start();
    this.link = link;
    this.forwardEvents(link);
    link.onExit(() => {
      this.onLinkExit(link);
    });
    try {
      const info = await link.request("initialize", this.parts.options());
      await this.restoreAttachments(link);
      this.setState({ kind: "ready", info });
      this.catalogsEmitter.fire();
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

  /** An attachment that cannot be made is a problem of its own; the session goes on without it. */
  private async restoreAttachments(link: EngineLink): Promise<void> {
    if (this.specs.size === 0) {
      for (const spec of this.parts.attachments()) {
        this.specs.set(spec.alias, spec);
      }
    }
    await Promise.all(
      [...this.specs.values()].map(async (spec) => {
        try {
          await link.request("attach", spec);
          this.problems.delete(spec.alias);
        } catch (error) {
          this.problems.set(spec.alias, toErrorInfo(error));
        }
      }),
    );
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

  private onLinkExit(link: EngineLink): void {
    if (this.link !== link) {
      return;
    }
    this.link = undefined;
    this.starting = undefined;
    const now = this.parts.now();
    this.crashes = [
      ...this.crashes.filter((at) => now - at < crashWindowMs),
      now,
    ];
    if (this.disposed || this.crashes.length >= crashLimit) {
      this.setState({ kind: "failed", error: engineUnavailable().info });
      return;
    }
    this.ensureStarted().catch(() => {
      // The state says what is wrong; the next request tries again.
    });
  }

  /** A DuckDB file that was locked at the start may be open by now. */
  private noteDatabase(catalogs: readonly CatalogInfo[]): void {
    const state = this.current;
    if (state.kind !== "ready" || state.info.databaseProblem === null) {
      return;
    }
    const own = catalogs.find(({ name }) => name === state.info.catalog);
    if (own?.problem === null) {
      this.setState({
        ...state,
        info: { ...state.info, databaseProblem: null },
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
