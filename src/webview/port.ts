import type { HostToPanel, PanelToHost } from "../protocol/panel";

/** All that the page needs of whoever hosts it: VS Code, or a test. */
export interface PanelPort {
  post(message: PanelToHost): void;
  onMessage(listener: (message: HostToPanel) => void): void;
  /** What `saveState` last stored, in this or an earlier life of the page. */
  loadState(): unknown;
  saveState(state: unknown): void;
}

interface VsCodeApi {
  postMessage(message: PanelToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const hostMessageTypes: ReadonlySet<unknown> = new Set<HostToPanel["type"]>([
  "state",
  "run",
  "page",
  "pageFailed",
]);

/** The port to VS Code; may be made once in the life of a page. */
export function vscodePort(): PanelPort {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      window.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (isHostMessage(event.data)) listener(event.data);
      });
    },
    loadState: () => api.getState(),
    saveState: (state) => {
      api.setState(state);
    },
  };
}

function isHostMessage(data: unknown): data is HostToPanel {
  return (
    typeof data === "object" &&
    data !== null &&
    "type" in data &&
    hostMessageTypes.has(data.type)
  );
}
