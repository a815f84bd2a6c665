import type {
  EngineEvent,
  EngineEvents,
  EngineMethod,
  EngineRequests,
} from "../../protocol/engine";
import type { Disposable } from "../lifetime/disposableStore";

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
