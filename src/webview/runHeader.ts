import type { RunView } from "../protocol/panel";
import { make, rebuild, setAttributes, setText } from "./dom";
import { icon } from "./icons";
import { clock, duration, targetText } from "./texts";

/** The line above the rows: where the run goes, from which file, for how long, and the button that ends it. */
export class RunHeader {
  readonly element = make("header", "run-header");
  readonly #progress = make("div", "progress");
  readonly #bar = make("div", "progress-bar");
  readonly #target = make("span", "target");
  readonly #source = make("span", "source");
  readonly #elapsed = make("span", "elapsed");
  readonly #cancel = make("button", "button secondary");
  #run: RunView | null = null;
  /** By the page's own clock: the host's may be that of another machine. */
  #startedAt = 0;
  #timer: number | null = null;

  /** @param tools what can be done with the run's tab */
  constructor(onCancel: (runId: string) => void, tools: HTMLElement) {
    this.#cancel.type = "button";
    this.#cancel.addEventListener("click", () => {
      if (this.#run?.state === "running") onCancel(this.#run.runId);
    });
    this.#elapsed.setAttribute("role", "timer");
    this.#elapsed.setAttribute("aria-label", "Elapsed time");
    this.element.append(
      make("h1", "unseen", "Viaduct results"),
      this.#target,
      this.#source,
      make("span", "spring"),
      this.#elapsed,
      this.#cancel,
      tools,
      this.#progress,
    );
    this.#progress.append(this.#bar);
  }

  /** Shows a run; `restored` says that it had begun before this page could see it. */
  update(run: RunView, restored: boolean): void {
    if (run.runId !== this.#run?.runId) {
      const began = restored ? Math.max(0, Date.now() - run.startedAt) : 0;
      this.#startedAt = performance.now() - began;
    }
    this.#run = run;
    const live = isLive(run);
    const role = run.environment ?? null;
    rebuild(this.#target, `${run.native}${run.target} ${role}`, () => [
      icon(run.native ? "server" : "bridge"),
      targetText(run),
      ...(role === null ? [] : [make("span", `role role-${role}`, role)]),
    ]);
    setText(this.#source, run.source);
    setAttributes(this.#source, { title: run.source });
    this.#cancel.hidden = !live;
    this.#cancel.disabled = run.state === "cancelling";
    rebuild(this.#cancel, run.state, () => [
      icon("stop"),
      run.state === "cancelling" ? "Cancelling…" : "Cancel",
    ]);
    this.#showProgress(run, live);
    this.#tick();
    if (live)
      this.#timer ??= window.setInterval(() => {
        this.#tick();
      }, 100);
    else this.#stopClock();
  }

  #showProgress(run: RunView, live: boolean): void {
    this.#progress.hidden = !live;
    const running = run.statements.find(({ state }) => state === "running");
    const percentage = running?.percentage ?? null;
    this.#progress.classList.toggle("indeterminate", percentage === null);
    const whole = percentage === null ? null : Math.floor(percentage);
    this.#bar.style.width = whole === null ? "" : `${whole}%`;
    setAttributes(this.#progress, {
      role: live ? "progressbar" : null,
      "aria-label": live ? "Progress of the statement" : null,
      "aria-valuemin": whole === null ? null : "0",
      "aria-valuemax": whole === null ? null : "100",
      "aria-valuenow": whole === null ? null : String(whole),
    });
  }

  #tick(): void {
    const run = this.#run;
    if (run === null) return;
    if (isLive(run)) {
      setText(this.#elapsed, clock(performance.now() - this.#startedAt));
      return;
    }
    const spent = run.statements.reduce(
      (sum, { outcome }) => sum + (outcome?.elapsedMs ?? 0),
      0,
    );
    setText(this.#elapsed, duration(spent));
  }

  #stopClock(): void {
    if (this.#timer !== null) window.clearInterval(this.#timer);
    this.#timer = null;
  }
}

/** True until the last statement has ended. */
function isLive(run: RunView): boolean {
  return run.state === "running" || run.state === "cancelling";
}
