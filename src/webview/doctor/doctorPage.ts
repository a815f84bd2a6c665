import { groupChecks, summaryText } from "../../core/doctor/reportText";
import type { DoctorReport } from "../../core/doctor/report";
import type {
  DoctorToHost,
  DoctorView,
  HostToDoctor,
} from "../../protocol/doctorPanel";
import { Announcer } from "../announcer";
import { button, make, setAttributes, setText } from "../dom";
import type { HostPort } from "../port";
import { checkView } from "./checkView";

/** The doctor's page: a line with what it found and what can be done, and the checklist. */
export class DoctorPage {
  readonly #port: HostPort<DoctorToHost, HostToDoctor>;
  readonly #announcer = new Announcer();
  readonly #summary = make("p", "summary");
  readonly #progress = make("div", "progress", make("div", "progress-bar"));
  readonly #list = make("div", "groups");
  readonly #run: HTMLButtonElement;
  readonly #copies: readonly HTMLButtonElement[];
  #shown: DoctorReport | null = null;
  #said = "";

  constructor(parent: HTMLElement, port: HostPort<DoctorToHost, HostToDoctor>) {
    this.#port = port;
    this.#run = button("button", "Run Again", () => {
      port.post({ type: "run" });
    });
    this.#copies = [
      button("button secondary", "Copy as Markdown", () => {
        port.post({ type: "copy", as: "markdown" });
      }),
      button("button secondary", "Copy as JSON", () => {
        port.post({ type: "copy", as: "json" });
      }),
    ];
    setAttributes(this.#progress, {
      role: "progressbar",
      "aria-label": "Examining",
    });
    parent.append(
      make(
        "header",
        "head",
        make(
          "div",
          "head-line",
          make("h1", "", "Viaduct Doctor"),
          make("div", "head-buttons", this.#run, ...this.#copies),
        ),
        this.#summary,
        this.#progress,
      ),
      make("main", "main", this.#list),
      this.#announcer.element,
    );
    port.onMessage(({ view }) => {
      this.#show(view);
    });
    port.post({ type: "ready" });
  }

  #show(view: DoctorView): void {
    const { state, report, error, madeAt } = view;
    const isRunning = state === "running";
    this.#progress.hidden = !isRunning;
    this.#run.disabled = isRunning;
    for (const copy of this.#copies) copy.disabled = report === null;
    const found = report === null ? "" : `${summaryText(report)} · ${madeAt}`;
    setText(
      this.#summary,
      isRunning ? `Examining… ${found}`.trim() : sentence(view, found),
    );
    setAttributes(this.#list, { "aria-busy": isRunning ? "true" : "false" });
    if (report !== this.#shown && report !== null) {
      this.#shown = report;
      this.#list.replaceChildren(...this.#groups(report, view));
    }
    this.#say(
      isRunning
        ? "The doctor examines the session."
        : state === "failed"
          ? (error?.message ?? "")
          : `The doctor has finished: ${found}`,
      state === "failed",
    );
  }

  #say(text: string, urgent: boolean): void {
    if (text === this.#said) return;
    this.#said = text;
    this.#announcer.say(text, urgent);
  }

  #groups(report: DoctorReport, view: DoctorView): HTMLElement[] {
    return groupChecks(report).map(({ title, checks }, index) => {
      const heading = make("h2", "", title);
      heading.id = `group-${index}`;
      const list = make(
        "ul",
        "checks",
        ...checks.map((check) =>
          checkView(check, {
            possible: view.fixes,
            onFix: (fix) => {
              this.#port.post({
                type: "fix",
                check: report.checks.indexOf(check),
                fix,
              });
            },
          }),
        ),
      );
      const section = make("section", "group", heading, list);
      setAttributes(section, { "aria-labelledby": heading.id });
      return section;
    });
  }
}

function sentence({ state, error }: DoctorView, found: string): string {
  return state === "failed"
    ? `The session could not be examined. ${error?.message ?? ""} ${error?.hint ?? ""}`.trim()
    : found;
}
