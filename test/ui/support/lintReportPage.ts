import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import type {
  HostToLint,
  LintReportView,
  LintToHost,
  ReportedFinding,
} from "../../../src/protocol/lintPanel";
import { inRepository } from "../../support/paths";
import { themes, type ThemeName } from "../webview/support/themes";
import { sendAndDraw } from "./accessibility";
import type { Contexts } from "./suiteBrowser";

const origin = "http://lint.viaduct.test";
const nonce = "bm9uY2U";
/** As the extension sets it. */
const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin}`;

declare global {
  interface Window {
    lintHost: { posted: LintToHost[]; violations: string[] };
  }
}

const finding = (given: Partial<ReportedFinding>): ReportedFinding => ({
  rule: "CS101",
  severity: "error",
  message: 'Hard-coded password for role "app"',
  masked: "k7••••••••",
  place: "Ln 3, Col 34",
  since: null,
  ...given,
});

/** A report with something of everything. */
export function fullView(given: Partial<LintReportView> = {}): LintReportView {
  return {
    state: "done",
    revision: 7,
    progress: null,
    problem: "",
    madeAt: "16:42:07",
    report: {
      files: [
        {
          path: ".env.shared",
          isTracked: true,
          isEnvFile: true,
          isFixable: false,
          findings: [
            finding({
              rule: "CY210",
              severity: "warning",
              message: 'Credential "STRIPE_KEY" in clear text',
              place: "Ln 2, Col 12",
              since: "2026-03-04",
            }),
          ],
        },
        {
          path: "migrations/0007_roles.sql",
          isTracked: true,
          isEnvFile: false,
          isFixable: true,
          findings: [
            finding({ since: "2026-01-19" }),
            finding({
              rule: "CS112",
              severity: "info",
              message: "Credential left in a comment",
              place: "Ln 12, Col 41",
              masked: "pa••••••",
            }),
          ],
        },
        {
          path: "notebooks/churn.ipynb",
          isTracked: false,
          isEnvFile: false,
          isFixable: false,
          findings: [
            finding({
              rule: "CS104",
              message: "Password inside connection string",
              place: "Cell 2, Ln 1, Col 43",
            }),
          ],
        },
      ],
      checkedFiles: 1431,
      suppressed: 4,
      staleBaselineEntries: 1,
      skipped: [{ path: "dump.sql", reason: "It is too large." }],
    },
    ...given,
  };
}

/** The built page in a browser, with a host that only listens. */
export class LintReportPage {
  private constructor(readonly page: Page) {}

  static async open(
    browser: Contexts,
    theme: ThemeName,
  ): Promise<LintReportPage> {
    const context = await browser.newContext({
      viewport: { width: 960, height: 760 },
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.route(`${origin}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === "") {
        await route.fulfill({
          contentType: "text/html",
          body: html,
          headers: { "content-security-policy": policy },
        });
        return;
      }
      const body = readFileSync(path.join(inRepository("dist/webview"), name));
      const type = name.endsWith(".css") ? "text/css" : "text/javascript";
      await route.fulfill({ contentType: type, body });
    });
    // tsx keeps names of functions by a helper that the page does not have.
    await page.addInitScript({ content: "globalThis.__name = (f) => f;" });
    await page.addInitScript(installHost, themes[theme]);
    await page.goto(`${origin}/`);
    await page.waitForFunction(() =>
      window.lintHost.posted.some(({ type }) => type === "ready"),
    );
    return new LintReportPage(page);
  }

  /** Shows a view as the host does, and waits until it is there. */
  async show(view: LintReportView): Promise<void> {
    const message: HostToLint = { type: "view", view };
    await sendAndDraw(this.page, message);
    await this.page.waitForFunction(
      (state) =>
        (document.querySelector(".groups")?.getAttribute("aria-busy") ===
          "true") ===
          (state === "running") &&
        document.querySelector(".summary")?.textContent !== "",
      view.state,
    );
  }

  posted(): Promise<LintToHost[]> {
    return this.page.evaluate(() => window.lintHost.posted);
  }

  policyViolations(): Promise<string[]> {
    return this.page.evaluate(() => window.lintHost.violations);
  }

  focused(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.textContent ?? "");
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Runs in the page before its script: stands in for VS Code. */
function installHost(theme: {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}): void {
  window.lintHost = { posted: [], violations: [] };
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage(message: LintToHost) {
        window.lintHost.posted.push(message);
      },
    }),
  });
  document.addEventListener("securitypolicyviolation", (event) => {
    window.lintHost.violations.push(
      `${event.violatedDirective} ${event.blockedURI}`,
    );
  });
  document.addEventListener("readystatechange", () => {
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body.className = theme.bodyClass;
  });
}

const html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Credentials in the Workspace</title>
<link rel="stylesheet" href="${origin}/lint.css"></head>
<body><script nonce="${nonce}" src="${origin}/lint.js"></script></body></html>`;
