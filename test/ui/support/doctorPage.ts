import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { checklist } from "../../../src/core/doctor/checklist";
import { errorInfo } from "../../../src/core/errors/makeError";
import type {
  DoctorToHost,
  DoctorView,
  HostToDoctor,
} from "../../../src/protocol/doctorPanel";
import { factsWith, healthyConnection, seen } from "../../support/doctorFacts";
import { inRepository } from "../../support/paths";
import { themes, type ThemeName } from "../webview/support/themes";
import { sendAndDraw } from "./accessibility";
import type { Contexts } from "./suiteBrowser";

const origin = "http://doctor.viaduct.test";
const nonce = "bm9uY2U";
/** As the extension sets it. */
const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin}`;

/** The themes that the page is looked at in. */
export const themeNames: readonly ThemeName[] = [
  "dark",
  "light",
  "highContrast",
];

declare global {
  interface Window {
    doctorHost: { posted: DoctorToHost[]; violations: string[] };
  }
}

/** A report with something of everything, made by the real checklist. */
export function sickView(state: DoctorView["state"]): DoctorView {
  const role = healthyConnection.role.ok ? healthyConnection.role.value : null;
  const server = healthyConnection.server.ok
    ? healthyConnection.server.value
    : null;
  if (role === null || server === null) throw new Error("no facts");
  const report = checklist(
    factsWith({
      session: {
        temporary: seen({ folder: "/home/ana/.cache/viaduct", freeBytes: 7e8 }),
        file: {
          path: "/home/ana/shop/memory_lake.duckdb",
          catalog: "memory_lake",
          readOnly: false,
          bytes: 48_234_496,
          walBytes: 0,
          problem: errorInfo(
            "databaseLocked",
            "The DuckDB file /home/ana/shop/memory_lake.duckdb is locked by python3.12 (process 31664).",
          ),
        },
      },
      connection: {
        server: seen({ ...server, user: "admin" }),
        role: seen({ ...role, superuser: true }),
        stale: seen([
          {
            schema: "public",
            name: "raw_memories",
            bytes: 734_003_200,
            neverAnalyzed: true,
          },
        ]),
      },
    }),
  );
  return {
    state,
    report: state === "failed" ? null : report,
    error:
      state === "failed"
        ? errorInfo("engineUnavailable", "The engine is not running.")
        : null,
    madeAt: "16:42:07",
    fixes: ["copySql", "openSettings", "chooseDatabase", "reconnect"],
  };
}

/** The built page in a browser, with a host that only listens. */
export class DoctorPageView {
  private constructor(readonly page: Page) {}

  static async open(
    browser: Contexts,
    theme: ThemeName,
  ): Promise<DoctorPageView> {
    const context = await browser.newContext({
      viewport: { width: 900, height: 760 },
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
      window.doctorHost.posted.some(({ type }) => type === "ready"),
    );
    return new DoctorPageView(page);
  }

  /** Shows a view as the host does, and waits until it is there. */
  async show(view: DoctorView): Promise<void> {
    const message: HostToDoctor = { type: "view", view };
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

  posted(): Promise<DoctorToHost[]> {
    return this.page.evaluate(() => window.doctorHost.posted);
  }

  policyViolations(): Promise<string[]> {
    return this.page.evaluate(() => window.doctorHost.violations);
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
  window.doctorHost = { posted: [], violations: [] };
  window.acquireVsCodeApi = () => ({
    postMessage(message: DoctorToHost) {
      window.doctorHost.posted.push(message);
    },
  });
  document.addEventListener("securitypolicyviolation", (event) => {
    window.doctorHost.violations.push(
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
<html lang="en"><head><meta charset="utf-8"><title>Viaduct Doctor</title>
<link rel="stylesheet" href="${origin}/doctor.css"></head>
<body><script nonce="${nonce}" src="${origin}/doctor.js"></script></body></html>`;
