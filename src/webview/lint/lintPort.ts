import type { HostToLint, LintToHost } from "../../protocol/lintPanel";

/** All that the page needs of its host: VS Code, or a test. */
export interface LintPort {
  post(message: LintToHost): void;
  onMessage(listener: (message: HostToLint) => void): void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: LintToHost): void;
};

/** The port to VS Code; may be made once in the life of a page. */
export function lintPort(): LintPort {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      window.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (isView(event.data)) listener(event.data);
      });
    },
  };
}

function isView(data: unknown): data is HostToLint {
  return (
    typeof data === "object" &&
    data !== null &&
    "type" in data &&
    data.type === "view"
  );
}
