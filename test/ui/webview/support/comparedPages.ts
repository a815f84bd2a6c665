import type { TestEngine } from "../../../support/engineHarness";
import { Comparing } from "../../../../src/extension/results/comparing";
import type { ComparedPage } from "../../../../src/extension/results/pageComparison";
import type { ResultTab } from "../../../../src/extension/results/resultTab";
import type {
  HostToPanel,
  PageRows,
  PanelToHost,
  RunView,
} from "../../../../src/protocol/panel";
import type { Contexts } from "../../support/suiteBrowser";
import { askOf } from "./enginePanel";
import { PanelPage, type PanelOptions } from "./panel";
import { ended, run } from "./runs";
import { tabOf } from "./tabs";

/** A page as the host knows it, in a browser. */
class TestedPage implements ComparedPage {
  rows: PageRows | null = null;
  readonly isVisible = true;
  panel: PanelPage | undefined;

  constructor(readonly run: RunView) {}

  post(message: HostToPanel): void {
    const { panel } = this;
    if (panel?.page.isClosed() === false)
      void panel.send(message).catch(() => undefined);
  }
}

/** Two pages side by side, with the extension's own part that compares them between them. */
export class ComparedPages {
  /** Columns of which the user will choose the key. */
  key: readonly number[] | undefined;
  private readonly pages: TestedPage[] = [];
  private readonly comparing: Comparing;

  private constructor(engine: TestEngine | null) {
    this.comparing = new Comparing({
      request: (method, params) => {
        const handler = engine?.handlers[method] as (
          given: unknown,
        ) => Promise<never>;
        return handler(params);
      },
      tabs: { ofResult: (resultId) => this.tabOf(resultId) },
      openOther: () => Promise.resolve(false),
      chooseKey: () => Promise.resolve(this.key),
    });
    this.comparing.onChanged(() => {
      for (const page of this.pages) this.tell(page);
    });
  }

  /** On what statements return in an engine. */
  static async onEngine(
    browser: Contexts,
    engine: TestEngine,
    statements: readonly [string, string],
  ): Promise<ComparedPages> {
    const pages = new ComparedPages(engine);
    for (const [index, text] of statements.entries()) {
      const outcome = { ...(await engine.succeed(text)), index: 0 };
      const name = index === 0 ? "before" : "after";
      await pages.open(browser, name, [ended(0, text, outcome)], {
        ask: askOf(engine),
      });
    }
    engine.onEvent = ({ event, payload }) => {
      if (event !== "taskProgress") return;
      for (const page of pages.pages)
        page.post({ type: "taskProgress", ...payload });
    };
    return pages;
  }

  /** On synthetic rows. */
  static async onRows(
    browser: Contexts,
    results: readonly Parameters<typeof ended>[2][],
    options: readonly PanelOptions[],
  ): Promise<ComparedPages> {
    const pages = new ComparedPages(null);
    for (const [index, result] of results.entries()) {
      await pages.open(
        browser,
        `page-${index}`,
        [ended(0, "SELECT 1", result)],
        options[index] ?? {},
      );
    }
    return pages;
  }

  /** The first one, and the one beside it. */
  get panels(): readonly [PanelPage, PanelPage] {
    const [left, right] = this.pages.map(({ panel }) => panel);
    if (left === undefined || right === undefined) throw new Error("no pages");
    return [left, right];
  }

  async close(): Promise<void> {
    for (const { panel } of this.pages) await panel?.close();
  }

  private async open(
    browser: Contexts,
    name: string,
    statements: RunView["statements"],
    options: PanelOptions,
  ): Promise<void> {
    const shown = run([...statements], { runId: `run-${name}`, source: name });
    const page = new TestedPage(shown);
    this.pages.push(page);
    page.panel = await PanelPage.open(browser, {
      width: 560,
      reducedMotion: true,
      ...options,
      run: shown,
      tell: (message) => {
        this.hear(page, message);
      },
    });
    await page.panel.settled();
    this.comparing.used(page);
  }

  private hear(page: TestedPage, message: PanelToHost): void {
    switch (message.type) {
      case "shows":
        page.rows = message.rows;
        this.comparing.pagesChanged();
        break;
      case "scrolled":
        this.comparing.scrolled(page, message.place);
        break;
      case "compare":
        void this.comparing.do(page, message.deed, message.at);
        break;
      default:
    }
  }

  /** As the host tells the page of its tab. */
  private tell(page: TestedPage): void {
    const { run: shown } = page;
    const tab = tabOf(shown.runId, { title: shown.source, runId: shown.runId });
    page.post({
      type: "tabs",
      tabs: [{ ...tab, startedAt: shown.startedAt }],
      active: tab.tabId,
      runs: [shown],
      alone: true,
      compared: this.comparing.viewFor(page),
    });
  }

  private tabOf(resultId: string): ResultTab | undefined {
    const page = this.pages.find(
      ({ run: { statements } }) => statements[0]?.result?.resultId === resultId,
    );
    return page && ({ title: page.run.source, run: page.run } as ResultTab);
  }
}
