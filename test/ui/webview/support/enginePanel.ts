import assert from "node:assert/strict";
import { toErrorInfo } from "../../../../src/core/errors/viaductError";
import type { HostToPanel, PanelToHost } from "../../../../src/protocol/panel";
import type { TestEngine } from "../../../support/engineHarness";
import type { PanelOptions } from "./panel";
import { PanelPage } from "./panel";
import { ended, run } from "./runs";
import type { Contexts } from "../../support/suiteBrowser";

/**
 * Runs statements in a real engine in this process and opens the built page on their results: the page's `page` and
 * `call` are answered by that engine, and hear of its progress. For tests of what the page makes of real answers.
 */
export async function openOnEngine(
  browser: Contexts,
  engine: TestEngine,
  statements: readonly string[],
  options: PanelOptions = {},
): Promise<PanelPage> {
  const views = [];
  for (const [index, text] of statements.entries()) {
    views.push(ended(index, text, { ...(await engine.succeed(text)), index }));
  }
  const panel = await PanelPage.open(browser, {
    run: run(views),
    ...options,
    ask: askOf(engine),
  });
  engine.onEvent = ({ event, payload }) => {
    if (event === "taskProgress" && !panel.page.isClosed()) {
      void panel
        .send({ type: "taskProgress", ...payload })
        .catch(() => undefined);
    }
  };
  return panel;
}

/** Answers what the page asks, as the extension host does. */
export function askOf(
  engine: TestEngine,
): (message: PanelToHost) => Promise<HostToPanel> {
  return async (message) => {
    assert.ok(message.type === "page" || message.type === "call");
    try {
      if (message.type === "page") {
        const { requestId, resultId, type, ...wanted } = message;
        const page = await engine.handlers.page({ resultId, ...wanted });
        return { type, requestId, resultId, ...page };
      }
      const { method, params, callId } = message;
      const handler = engine.handlers[method] as (
        given: unknown,
      ) => Promise<never>;
      return { type: "answer", callId, result: await handler(params) };
    } catch (error) {
      const info = toErrorInfo(error);
      return message.type === "page"
        ? {
            type: "pageFailed",
            requestId: message.requestId,
            message: info.message,
          }
        : { type: "callFailed", callId: message.callId, error: info };
    }
  };
}
