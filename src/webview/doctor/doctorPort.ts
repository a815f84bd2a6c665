import type { DoctorToHost, HostToDoctor } from "../../protocol/doctorPanel";

/** All that the page needs of its host: VS Code, or a test. */
export interface DoctorPort {
  post(message: DoctorToHost): void;
  onMessage(listener: (message: HostToDoctor) => void): void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: DoctorToHost): void;
};

/** The port to VS Code; may be made once in the life of a page. */
export function doctorPort(): DoctorPort {
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

function isView(data: unknown): data is HostToDoctor {
  return (
    typeof data === "object" &&
    data !== null &&
    "type" in data &&
    data.type === "view"
  );
}
