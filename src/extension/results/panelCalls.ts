import { viaductError } from "../../core/errors/makeError";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { HostToPanel, PanelCall, PanelToHost } from "../../protocol/panel";
import { panelMethods } from "../../protocol/panelMethods";
import type { EngineSession } from "../engine/engineSession";

/** Hands a call of the page's to the engine; `isShown` says which results the page may ask about. */
export async function answerCall(
  session: EngineSession,
  { callId, method, params }: PanelCall,
  isShown: (resultId: string) => boolean,
): Promise<Extract<HostToPanel, { type: "answer" | "callFailed" }>> {
  try {
    // Whatever the page sends: only these methods, and only about what it shows.
    if (!panelMethods.includes(method)) {
      throw viaductError("unknown", "The page asked for what is not offered.");
    }
    if ("resultId" in params && !isShown(params.resultId)) {
      throw resultGone();
    }
    const result = await session.request(method, params);
    return { type: "answer", callId, result };
  } catch (error) {
    return { type: "callFailed", callId, error: toErrorInfo(error) };
  }
}

/** Reads rows for the page. */
export async function answerPage(
  session: EngineSession,
  message: Extract<PanelToHost, { type: "page" }>,
  isShown: (resultId: string) => boolean,
): Promise<Extract<HostToPanel, { type: "page" | "pageFailed" }>> {
  const { type, requestId, resultId, offset, limit } = message;
  const { viewId = null, timeZone = null } = message;
  try {
    if (!isShown(resultId)) {
      throw resultGone();
    }
    const page = await session.request("page", {
      resultId,
      viewId,
      offset,
      limit,
      timeZone,
    });
    return { type, requestId, resultId, ...page };
  } catch (error) {
    const { message: why } = toErrorInfo(error);
    return { type: "pageFailed", requestId, message: why };
  }
}

/** Says that rows are asked for which no tab has. */
function resultGone(): Error {
  return viaductError("resultGone", "These rows are not there any more.");
}
