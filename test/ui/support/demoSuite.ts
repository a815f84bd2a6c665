import { startDemoInVscode, type DemoInVscode } from "../../support/demo";
import type { ServedVscodeOptions } from "../../support/vscode/servedVscode";
import { Workbench } from "./workbench";
import { type SuiteBrowser, openBrowser } from "./suiteBrowser";

/** What the tests of one suite share: a demo with its server and workspace, and the workbench that has it open. */
export interface DemoSuite {
  readonly demo: DemoInVscode;
  readonly workbench: Workbench;
}

/** How the demo of a suite differs from the usual one. */
export interface DemoSuiteOptions extends ServedVscodeOptions {
  /** Changes the workspace before it is opened. */
  readonly prepare?: (demo: DemoInVscode) => Promise<void>;
  /** What is opened in place of the demo's folder. */
  readonly opens?: (demo: DemoInVscode) => string;
}

/**
 * Starts a demo and opens it before the tests of the suite that calls this, and ends it after them. A test that fails
 * leaves a picture.
 */
export function demoSuite({
  prepare,
  opens,
  ...options
}: DemoSuiteOptions = {}): DemoSuite {
  const now: {
    demo?: DemoInVscode;
    browser?: SuiteBrowser;
    workbench?: Workbench;
  } = {};

  before(async function () {
    this.timeout(180_000);
    now.demo = await startDemoInVscode({
      settings: { "workbench.colorTheme": "Dark Modern" },
      ...options,
    });
    await prepare?.(now.demo);
    now.browser = await openBrowser();
    now.workbench = await Workbench.open(
      now.browser,
      opens === undefined ? now.demo.url : now.demo.vscode.url(opens(now.demo)),
    );
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") {
      const name = this.currentTest.title.replace(/[^\w]+/g, "-").slice(0, 40);
      console.log(await now.workbench?.screenshot(`failed-${name}`));
    }
  });

  after(async () => {
    await now.browser?.close();
    await now.demo?.stop();
  });

  return {
    get demo() {
      return started(now.demo);
    },
    get workbench() {
      return started(now.workbench);
    },
  };
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("the demo has not started yet");
  return part;
}
