import assert from "node:assert/strict";
import { viaductError } from "../../src/core/errors/makeError";
import { ViaductError } from "../../src/core/errors/viaductError";
import type { EngineLink } from "../../src/extension/engine/engineLink";
import { SessionAttachments } from "../../src/extension/engine/sessionAttachments";

const extension = {
  name: "postgres_scanner",
  from: "http://mirror.invalid/x.gz",
};
const spec = {
  alias: "source_memories",
  readOnly: true,
  source: { kind: "envFile", file: "/w/.env", prefix: "POSTGRES_" },
} as const;

/** An engine that attaches once the extension is installed. */
function fakeLink(): { readonly link: EngineLink; readonly asked: string[] } {
  const asked: string[] = [];
  const request = (method: string, params: unknown): Promise<unknown> => {
    asked.push(method);
    if (method === "installExtension") {
      assert.deepEqual(params, { name: extension.name });
    }
    return method === "attach" && !asked.includes("installExtension")
      ? Promise.reject(
          viaductError("extensionMissing", "It is missing.", { extension }),
        )
      : Promise.resolve({});
  };
  return { link: { request } as unknown as EngineLink, asked };
}

/** The session's attachments with a user who gives this answer, and what that user was asked. */
function withAnswer(answer: boolean) {
  const questions: unknown[] = [];
  const attachments = new SessionAttachments({
    attachments: () => [spec],
    mayInstall: (alias, needed) => {
      questions.push([alias, needed]);
      return Promise.resolve(answer);
    },
  });
  return { attachments, questions };
}

describe("consent to what an attachment needs", () => {
  it("is asked for, and then it is installed and attached", async () => {
    const { link, asked } = fakeLink();
    const { attachments, questions } = withAnswer(true);
    await attachments.attach(link, spec);
    assert.deepEqual(questions, [[spec.alias, extension]]);
    assert.deepEqual(asked, ["attach", "installExtension", "attach"]);
  });

  it("can be refused: nothing is downloaded, and the error says what is missing", async () => {
    const { link, asked } = fakeLink();
    const { attachments } = withAnswer(false);
    await assert.rejects(
      attachments.attach(link, spec),
      (error: unknown) =>
        error instanceof ViaductError &&
        error.info.class === "extensionMissing" &&
        error.info.extension?.name === extension.name,
    );
    assert.deepEqual(asked, ["attach"]);
  });

  it("is not asked for where nobody waits for the attachment", async () => {
    const { link, asked } = fakeLink();
    const { attachments, questions } = withAnswer(true);
    await attachments.restore(link);
    assert.deepEqual(questions, []);
    assert.deepEqual(asked, ["attach"]);
  });
});
