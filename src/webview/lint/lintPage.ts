import type {
  HostToLint,
  LintReportView,
  LintToHost,
  WorkspaceReport,
} from "../../protocol/lintPanel";
import { Announcer } from "../announcer";
import { button, make, setAttributes, setText } from "../dom";
import { icon } from "../icons";
import type { HostPort } from "../port";
import { findingView } from "./findingView";
import { groupFindings, type FindingGroup, type Grouping } from "./groups";
import { gitWords, leftOut, rotateWords, summaryOf } from "./lintTexts";

/** The page of the workspace's credentials: a line with what was found and what can be done, and the list. */
export class LintPage {
  readonly #port: HostPort<LintToHost, HostToLint>;
  readonly #announcer = new Announcer();
  readonly #summary = make("p", "summary");
  readonly #progress = make("div", "progress", make("div", "progress-bar"));
  readonly #notes = make("div", "notes");
  readonly #list = make("div", "groups");
  readonly #run: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #switchOn: HTMLButtonElement;
  readonly #withReport: readonly HTMLButtonElement[];
  readonly #by: Readonly<Record<Grouping, HTMLButtonElement>>;
  #grouping: Grouping = "file";
  #view: LintReportView | null = null;
  #shown = "";
  #said = "";

  constructor(parent: HTMLElement, port: HostPort<LintToHost, HostToLint>) {
    this.#port = port;
    const post = (text: string, message: LintToHost, className = "") =>
      button(`button ${className}`.trim(), text, () => {
        port.post(message);
      });
    this.#run = post("Run Again", { type: "run" });
    this.#cancel = post("Cancel", { type: "cancel" });
    this.#switchOn = post("Switch On", { type: "switchOn" });
    this.#withReport = [
      button("button secondary", "Add All to Baseline…", () => {
        port.post({
          type: "baseline",
          revision: this.#view?.revision ?? 0,
          file: null,
        });
      }),
      post("Export SARIF…", { type: "export", as: "sarif" }, "secondary"),
      post("Export JSON…", { type: "export", as: "json" }, "secondary"),
    ];
    this.#by = { file: this.#toggle("file"), rule: this.#toggle("rule") };
    setAttributes(this.#progress, {
      role: "progressbar",
      "aria-label": "Checking",
    });
    this.#build(parent);
    port.onMessage(({ view }) => {
      this.#show(view);
    });
    port.post({ type: "ready" });
  }

  #build(parent: HTMLElement): void {
    const grouping = make(
      "div",
      "grouping",
      make("span", "dim", "Arrange by"),
      this.#by.file,
      this.#by.rule,
    );
    setAttributes(grouping, { role: "group", "aria-label": "Arrange by" });
    parent.append(
      make(
        "header",
        "head",
        make(
          "div",
          "head-line",
          make("h1", "", "Credentials in the Workspace"),
          make(
            "div",
            "head-buttons",
            this.#run,
            this.#cancel,
            this.#switchOn,
            ...this.#withReport,
          ),
        ),
        make("div", "head-line", this.#summary, grouping),
        this.#progress,
      ),
      make("main", "main", this.#notes, this.#list),
      this.#announcer.element,
    );
  }

  #toggle(by: Grouping): HTMLButtonElement {
    const text = by === "file" ? "File" : "Rule";
    return button("toggle", text, () => {
      this.#grouping = by;
      if (this.#view !== null) this.#show(this.#view);
    });
  }

  #show(view: LintReportView): void {
    this.#view = view;
    const { state, report } = view;
    const isRunning = state === "running";
    const isEmpty = report === null || report.files.length === 0;
    this.#progress.hidden = !isRunning;
    this.#run.hidden = isRunning || state === "off";
    this.#cancel.hidden = !isRunning;
    this.#switchOn.hidden = state !== "off";
    for (const each of this.#withReport) each.disabled = isRunning || isEmpty;
    for (const [by, toggle] of Object.entries(this.#by)) {
      setAttributes(toggle, { "aria-pressed": String(by === this.#grouping) });
    }
    setText(this.#summary, summaryOf(view));
    setAttributes(this.#list, { "aria-busy": isRunning ? "true" : "false" });
    const key = JSON.stringify([report, this.#grouping]);
    if (key !== this.#shown) {
      this.#shown = key;
      this.#notes.replaceChildren(...notesOf(report));
      this.#list.replaceChildren(...this.#groups(report));
    }
    const said = isRunning
      ? "The workspace is being checked."
      : summaryOf(view);
    if (said !== this.#said) {
      this.#said = said;
      this.#announcer.say(said, state === "failed");
    }
  }

  #groups(report: WorkspaceReport | null): HTMLElement[] {
    if (report === null) return [];
    const groups = groupFindings(report, this.#grouping);
    return groups.map((group, index) => {
      const heading = make("h2", "", group.title);
      heading.id = `group-${index}`;
      const list = make(
        "ul",
        "checks",
        ...group.findings.map((each) => this.#finding(each)),
      );
      const section = make(
        "section",
        "group",
        make("div", "group-head", heading, ...this.#aboutGroup(group)),
        list,
      );
      setAttributes(section, { "aria-labelledby": heading.id });
      return section;
    });
  }

  #finding({
    file,
    fileIndex,
    finding,
    findingIndex,
  }: FindingGroup["findings"][number]): HTMLLIElement {
    const post = (type: "open" | "quickFix") => (): void => {
      this.#port.post({
        type,
        revision: this.#view?.revision ?? 0,
        file: fileIndex,
        finding: findingIndex,
      });
    };
    const context = this.#grouping === "file" ? "rule" : "file";
    return findingView(file, finding, context, {
      onOpen: post("open"),
      onFix: post("quickFix"),
      onRule: (rule) => {
        this.#port.post({ type: "rule", rule });
      },
    });
  }

  #aboutGroup({ title, rule, findings }: FindingGroup): HTMLElement[] {
    if (rule !== null) {
      const text = "Show Rule";
      return [
        button(
          "button secondary",
          text,
          () => {
            this.#port.post({ type: "rule", rule });
          },
          `${text} ${rule}`,
        ),
      ];
    }
    const [first] = findings;
    if (first === undefined) return [];
    const { file, fileIndex } = first;
    const post = (type: "fixFile" | "ignoreFile" | "baseline") => () => {
      const revision = this.#view?.revision ?? 0;
      this.#port.post({ type, revision, file: fileIndex });
    };
    const ways = [
      ...(file.isEnvFile
        ? [["Have Git Ignore It", "ignoreFile"] as const]
        : []),
      ...(file.isFixable ? [["Fix All", "fixFile"] as const] : []),
      ["Add to Baseline…", "baseline"] as const,
    ];
    return [
      make("span", "tag", gitWords(file)),
      make(
        "div",
        "head-buttons",
        ...ways.map(([text, type]) =>
          button("button secondary", text, post(type), `${text} ${title}`),
        ),
      ),
    ];
  }
}

function notesOf(report: WorkspaceReport | null): HTMLElement[] {
  if (report === null) return [];
  const rotate = rotateWords(report);
  const left = leftOut(report).join(" ");
  const skipped = report.skipped.map(({ path, reason }) =>
    make("li", "", `${path}: ${reason}`),
  );
  return [
    ...(rotate === ""
      ? []
      : [make("p", "note note-warning", icon("warning"), rotate)]),
    ...(left === "" ? [] : [make("p", "note dim", left)]),
    ...(skipped.length === 0
      ? []
      : [
          make(
            "details",
            "note",
            make(
              "summary",
              "",
              `Files that were not checked: ${skipped.length}`,
            ),
            make("ul", "", ...skipped),
          ),
        ]),
  ];
}
