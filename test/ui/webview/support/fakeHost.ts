import type {
  HostToPanel,
  PanelToHost,
  RunView,
  TabsView,
  TabView,
} from "../../../../src/protocol/panel";

/** Rows that the fake host serves for a result. */
export interface FakeResult {
  readonly rows?: readonly (readonly (string | null)[])[];
  /** Without rows: cells made from their place, `row:column`, every 97th of them NULL. */
  readonly synthetic?: { readonly rowCount: number; readonly columns: number };
}

/** Short for a panel that has one tab, with this run in it. */
export interface SentRun {
  readonly type: "state";
  readonly run: RunView | null;
}

/** The host's side of the panel, in the page itself: `window.fakeHost`. */
export interface FakeHost {
  readonly posted: PanelToHost[];
  readonly violations: string[];
  results: Record<string, FakeResult>;
  inFlight: number;
  maxInFlight: number;
  pageRequests: number;
  largestPage: number;
  latencyMs: number;
  /** When set, rows cannot be had, for this reason. */
  failure: string | null;
  /** When set, answers are held back until it is cleared. */
  held: boolean;
  run: RunView | null;
  /** What is told of the tab of `run`, where it is not an ordinary one. */
  tab: Partial<TabView>;
  stored: unknown;
  /** `state` and `run` of one run become messages about a panel with its tab; others are sent as they are. */
  send(message: HostToPanel | SentRun): void;
}

declare global {
  interface Window {
    fakeHost: FakeHost;
    acquireVsCodeApi: () => unknown;
    /** Answers `page` and `call` from an engine in the test's process, where there is one. */
    askEngine?: (message: PanelToHost) => Promise<HostToPanel>;
    /** Hears what else the page says, where there is a host in the test's process. */
    tellHost?: (message: PanelToHost) => void;
  }
}

/** Runs in the page before its script: stands in for VS Code. */
export function installFakeHost(theme: {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}): void {
  const tabOf = (run: RunView): TabView => ({
    tabId: "tab-of-run",
    title: run.source,
    pinned: false,
    runId: run.runId,
    target: run.target,
    native: run.native,
    startedAt: run.startedAt,
    state: run.state,
    rows: "here",
    problem: null,
    canRerun: true,
    ...host.tab,
  });
  const tabsOf = (run: RunView | null): TabsView => {
    const tabs = run === null ? [] : [tabOf(run)];
    return {
      tabs,
      active: tabs[0]?.tabId ?? null,
      runs: run === null ? [] : [run],
      alone: false,
    };
  };
  const known = new Set<string>();
  const waiting: Extract<PanelToHost, { type: "page" }>[] = [];
  const host: FakeHost = {
    posted: [],
    violations: [],
    results: {},
    inFlight: 0,
    maxInFlight: 0,
    pageRequests: 0,
    largestPage: 0,
    latencyMs: 4,
    failure: null,
    held: false,
    run: null,
    tab: {},
    stored: JSON.parse(sessionStorage.getItem("stored") ?? "null") as unknown,
    send(message) {
      if ("tabs" in message) {
        known.clear();
        for (const { runId } of message.tabs) known.add(runId);
      } else if (message.type === "state" || message.type === "run") {
        const { run, type } = message;
        host.run = run;
        if (type === "state" || !known.has(run.runId)) {
          const told = { ...tabsOf(run), type: type === "run" ? "tabs" : type };
          known.clear();
          if (run !== null) known.add(run.runId);
          window.postMessage(told, "*");
          return;
        }
      }
      window.postMessage(message, "*");
    },
  };
  const answer = (request: Extract<PanelToHost, { type: "page" }>) => {
    if (host.held) {
      waiting.push(request);
      return;
    }
    if (window.askEngine !== undefined) {
      void window.askEngine(request).then((message) => {
        host.inFlight -= 1;
        window.postMessage(message, "*");
      });
      return;
    }
    host.inFlight -= 1;
    const { requestId, resultId, offset, limit } = request;
    if (host.failure !== null) {
      const message = host.failure;
      window.postMessage({ type: "pageFailed", requestId, message }, "*");
      return;
    }
    const result = host.results[resultId] ?? { rows: [] };
    const rows = result.rows?.slice(offset, offset + limit) ?? [];
    const made = result.synthetic;
    const last = Math.min(offset + limit, made?.rowCount ?? 0);
    for (let row = offset; row < last; row += 1) {
      const cells = [];
      for (let column = 0; column < (made?.columns ?? 0); column += 1) {
        const isNull = (row * 31 + column) % 97 === 0;
        cells.push(isNull ? null : `${row}:${column}`);
      }
      (rows as (string | null)[][]).push(cells);
    }
    window.postMessage(
      { type: "page", requestId, resultId, offset, rows },
      "*",
    );
  };
  setInterval(() => {
    if (!host.held) waiting.splice(0).forEach(answer);
  }, 5);
  window.fakeHost = host;
  window.acquireVsCodeApi = () => ({
    postMessage(message: PanelToHost) {
      host.posted.push(message);
      if (message.type === "ready") {
        // VS Code sets the theme before the page's script runs; here it comes with the end of the document.
        document.addEventListener("DOMContentLoaded", () => {
          host.send({ type: "state", run: host.run });
        });
      }
      if (message.type === "call") {
        void window.askEngine?.(message).then((answered) => {
          window.postMessage(answered, "*");
        });
      }
      if (message.type !== "page") {
        window.tellHost?.(message);
        return;
      }
      host.pageRequests += 1;
      host.inFlight += 1;
      host.maxInFlight = Math.max(host.maxInFlight, host.inFlight);
      host.largestPage = Math.max(host.largestPage, message.limit);
      setTimeout(() => {
        answer(message);
      }, host.latencyMs);
    },
    getState: () => host.stored,
    setState(state: unknown) {
      host.stored = state;
      sessionStorage.setItem("stored", JSON.stringify(state));
    },
  });
  document.addEventListener("securitypolicyviolation", (event) => {
    host.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  document.addEventListener("readystatechange", () => {
    const { style } = document.documentElement;
    for (const [name, value] of Object.entries(theme.variables)) {
      style.setProperty(`--vscode-${name}`, value);
    }
    document.body.className = theme.bodyClass;
  });
}
