import type { HostToPanel, PanelToHost } from "../protocol/panel";

/** All that a page needs of whoever hosts it: VS Code, or a test. */
export interface HostPort<ToHost, ToPage> {
  post(message: ToHost): void;
  onMessage(listener: (message: ToPage) => void): void;
}

/** The results panel, whose page may be made again, also keeps what it showed. */
export interface PanelPort extends HostPort<PanelToHost, HostToPanel> {
  /** What `saveState` last stored, in this or an earlier life of the page. */
  loadState(): unknown;
  saveState(state: unknown): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The port to VS Code for messages of these types; may be made once in the life of a page. */
export function hostPort<ToHost, ToPage extends { readonly type: string }>(
  types: readonly ToPage["type"][],
  api: VsCodeApi = acquireVsCodeApi(),
): HostPort<ToHost, ToPage> {
  const known: ReadonlySet<unknown> = new Set(types);
  const isMessage = (data: unknown): data is ToPage =>
    typeof data === "object" &&
    data !== null &&
    "type" in data &&
    known.has(data.type);
  return {
    post: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      window.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (isMessage(event.data)) listener(event.data);
      });
    },
  };
}

/** The port of the results panel. */
export function panelPort(): PanelPort {
  const api = acquireVsCodeApi();
  return {
    ...hostPort<PanelToHost, HostToPanel>(
      [
        "state",
        "tabs",
        "run",
        "do",
        "follow",
        "reveal",
        "page",
        "pageFailed",
        "answer",
        "callFailed",
        "taskProgress",
      ],
      api,
    ),
    loadState: () => api.getState(),
    saveState: (state) => {
      api.setState(state);
    },
  };
}
