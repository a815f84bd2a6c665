import assert from "node:assert/strict";
import type { EngineEventMessage } from "../../../src/extension/engine/engineSession";
import { Emitter } from "../../../src/extension/lifetime/emitter";
import {
  WriteConfirmation,
  type WriteQuestion,
} from "../../../src/extension/run/writeConfirmation";
import { environmentOf } from "../../../src/extension/run/runEnvironment";
import type { ConfirmWrites } from "../../../src/extension/settings/settings";
import { until } from "../../support/until";

const question: WriteQuestion = {
  runId: "run-1",
  index: 0,
  alias: "source_memories",
  environment: null,
  verb: "DELETE",
  detail: "PostgreSQL 18.4 · db at host as user",
};

class Host {
  readonly events = new Emitter<EngineEventMessage>();
  readonly states = new Emitter<never>();
  readonly asked: WriteQuestion[] = [];
  readonly answers: { runId: string; allowed: boolean }[] = [];
  readonly shown: boolean[] = [];
  setting: ConfirmWrites = "always";
  say: (ended: AbortSignal) => Promise<boolean> = () => Promise.resolve(true);
  readonly confirmation = new WriteConfirmation({
    session: {
      onEvent: this.events.event,
      onStateChanged: this.states.event,
      request: (_: string, answer: { runId: string; allowed: boolean }) => {
        this.answers.push(answer);
        return Promise.resolve(null);
      },
    },
    setting: () => this.setting,
    show: (_, isOpen) => {
      this.shown.push(isOpen);
    },
    log: () => undefined,
    ask: (asked, ended) => {
      this.asked.push(asked);
      return this.say(ended);
    },
  });

  async ask(change: Partial<WriteQuestion> = {}): Promise<boolean | undefined> {
    const count = this.answers.length;
    this.events.fire({
      event: "writeQuestion",
      payload: { ...question, ...change },
    });
    await until("an answer", () =>
      Promise.resolve(this.answers.length > count),
    );
    return this.answers.at(-1)?.allowed;
  }
}

describe("the question before a write", () => {
  it("is asked once for each run and alias", async () => {
    const host = new Host();
    assert.equal(await host.ask(), true);
    assert.equal(await host.ask({ index: 1 }), true);
    assert.equal(host.asked.length, 1);
    await host.ask({ alias: "other" });
    await host.ask({ runId: "run-2" });
    assert.equal(host.asked.length, 3);
    assert.deepEqual(host.shown, [true, false, true, false, true, false]);
  });

  it("is a no when it was refused, and when it could not be asked", async () => {
    const host = new Host();
    host.say = () => Promise.resolve(false);
    assert.equal(await host.ask(), false);
    host.say = () => Promise.reject(new Error("no window"));
    assert.equal(await host.ask(), false);
    assert.deepEqual(host.shown, [true, false, true, false]);
  });

  it("is left out where the setting says so, and never for production unless all are", async () => {
    const host = new Host();
    host.say = () => Promise.resolve(false);
    host.setting = "production";
    assert.equal(await host.ask({ environment: "staging" }), true);
    assert.equal(host.asked.length, 0);
    assert.equal(await host.ask({ environment: "production" }), false);
    assert.equal(host.asked.length, 1);
    host.setting = "never";
    assert.equal(await host.ask({ environment: "production" }), true);
    assert.equal(host.asked.length, 1);
  });

  it("goes away with its statement, and what is said to it later counts no more", async () => {
    const host = new Host();
    let say: (allowed: boolean) => void = () => undefined;
    let isGone = false;
    host.say = (ended) =>
      new Promise((resolve) => {
        say = resolve;
        ended.addEventListener("abort", () => {
          isGone = true;
        });
      });
    const answered = host.ask();
    host.events.fire({
      event: "statementEnded",
      payload: { runId: "run-1" } as never,
    });
    assert.equal(isGone, true);
    say(true);
    assert.equal(await answered, false);
  });
});

describe("what a run's servers are used for", () => {
  const attachments = new Map(
    (
      [
        ["live", "production"],
        ["next", "staging"],
        ["none", undefined],
      ] as const
    ).map(([alias, environment]) => [
      alias,
      {
        alias,
        readOnly: true,
        source: { kind: "environment" as const },
        ...(environment === undefined ? {} : { options: { environment } }),
      },
    ]),
  );
  const of = (text: string, alias?: string) =>
    environmentOf(
      {
        target:
          alias === undefined
            ? { engine: "duckdb" }
            : { engine: "postgres", alias },
        statements: [{ text }],
      },
      attachments,
    );

  it("is the target's, or the most delicate of those that the SQL names", () => {
    assert.equal(of("SELECT 1", "live"), "production");
    assert.equal(of("FROM live.t", "none"), null);
    assert.equal(of("FROM next.public.t"), "staging");
    assert.equal(of('FROM next.t JOIN "live".t'), "production");
    assert.equal(of("FROM postgres_query('live', 'SELECT 1')"), "production");
    assert.equal(of("SELECT 1 -- live"), null);
  });
});
