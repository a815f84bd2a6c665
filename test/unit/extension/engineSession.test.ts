import assert from "node:assert/strict";
import {
  EngineSession,
  type EngineSessionParts,
} from "../../../src/extension/engine/engineSession";
import { FakeLink, spec } from "./fakeLink";

function sessionOn(
  links: FakeLink[],
  parts: Partial<EngineSessionParts> = {},
): EngineSession {
  const next = [...links];
  return new EngineSession({
    start: () => {
      const link = next.shift();
      assert.ok(link, "the engine was started more often than expected");
      return link;
    },
    options: () => ({}) as never,
    attachments: () => [],
    now: () => 0,
    ...parts,
  });
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe("EngineSession", () => {
  it("starts nothing until it is asked for something, and then once", async () => {
    const link = new FakeLink();
    const session = sessionOn([link]);
    assert.equal(session.state.kind, "stopped");
    await Promise.all([
      session.request("listCatalogs", null),
      session.request("listCatalogs", null),
    ]);
    assert.equal(session.state.kind, "ready");
    assert.equal(
      link.requests.filter(({ method }) => method === "initialize").length,
      1,
    );
  });

  it("attaches what the settings name, and goes on when one cannot be reached", async () => {
    const link = new FakeLink(new Set(["away"]));
    const session = sessionOn([link], {
      attachments: () => [spec("here"), spec("away")],
    });
    const catalogs = await session.listCatalogs();
    assert.deepEqual(
      catalogs.map(({ name, state, problem }) => [name, state, problem?.class]),
      [
        ["here", "attached", undefined],
        ["away", "unreachable", "connectionRefused"],
      ],
    );
  });

  it("comes back by itself after a crash, with its attachments", async () => {
    const [first, second] = [new FakeLink(), new FakeLink()];
    const session = sessionOn([first, second]);
    await session.attach(spec("source_memories"));
    first.die();
    await settled();
    assert.equal(session.state.kind, "ready");
    assert.deepEqual([...second.attached.keys()], ["source_memories"]);
  });

  it("stays down after three crashes in a minute, and comes back when it is restarted", async () => {
    const links = [
      new FakeLink(),
      new FakeLink(),
      new FakeLink(),
      new FakeLink(),
    ];
    const session = sessionOn(links);
    await session.request("listCatalogs", null);
    for (const link of links.slice(0, 3)) {
      link.die();
      await settled();
    }
    assert.equal(session.state.kind, "failed");
    await session.restart();
    assert.equal(session.state.kind, "ready");
  });

  it("comes back however often it is ended on purpose", async () => {
    const session = sessionOn(Array.from({ length: 5 }, () => new FakeLink()));
    await session.request("listCatalogs", null);
    for (let count = 0; count < 4; count++) {
      session.kill();
      await settled();
      assert.equal(session.state.kind, "ready");
    }
  });

  it("is not ready because the start of a process that has crashed goes on", async () => {
    const links = [new FakeLink(), new FakeLink(), new FakeLink()];
    let goOn = (): void => undefined;
    const prepared = new Promise<void>((resolve) => (goOn = resolve));
    const session = sessionOn(links, { prepare: () => prepared });
    void session.request("listCatalogs", null);
    for (const link of links) {
      await settled();
      link.die();
    }
    assert.equal(session.state.kind, "failed");
    goOn();
    await settled();
    assert.equal(session.state.kind, "failed");
  });

  it("says why it could not be started, and tries again on the next request", async () => {
    const session = sessionOn([new FakeLink(new Set(), true), new FakeLink()]);
    await assert.rejects(session.request("listCatalogs", null), /no binding/);
    assert.equal(session.state.kind, "failed");
    await session.request("listCatalogs", null);
    assert.equal(session.state.kind, "ready");
  });

  it("does not take the end of a process that it disposed for a crash", async () => {
    const [first, second] = [new FakeLink(), new FakeLink()];
    const session = sessionOn([first, second]);
    await session.request("listCatalogs", null);
    await session.restart();
    first.die();
    await settled();
    assert.equal(first.disposed, true);
    assert.equal(session.state.kind, "ready");
  });

  it("hands on the events of whatever process runs", async () => {
    const [first, second] = [new FakeLink(), new FakeLink()];
    const session = sessionOn([first, second]);
    const seen: string[] = [];
    session.onEvent(({ event }) => seen.push(event));
    await session.request("listCatalogs", null);
    first.fire("statementStarted", { runId: "run-1", index: 0 });
    first.die();
    await settled();
    second.fire("log", { level: "info", message: "x" });
    assert.deepEqual(seen, ["statementStarted", "log"]);
  });

  it("detaches in the engine what was attached before an attempt to attach it anew failed", async () => {
    const unreachable = new Set<string>();
    const link = new FakeLink(unreachable);
    const session = sessionOn([link]);
    await session.attach(spec("pg"));
    unreachable.add("pg");
    await assert.rejects(session.reconnect("pg"), /refused/);
    await session.detach("pg");
    assert.equal(link.requests.at(-1)?.method, "detach");
  });

  it("forgets a detached database, also when it had never been attached", async () => {
    const link = new FakeLink(new Set(["away"]));
    const session = sessionOn([link], { attachments: () => [spec("away")] });
    await session.listCatalogs();
    await session.detach("away");
    assert.deepEqual(await session.listCatalogs(), []);
    assert.ok(
      link.requests.some(({ method }) => method === "detach"),
      "the engine forgets why it could not be attached, too",
    );
  });

  it("does not wait for a server that says nothing: what comes next is asked behind it, and the list says so", async () => {
    const link = new FakeLink();
    let answer = (): void => undefined;
    link.held.set("silent", new Promise((resolve) => (answer = resolve)));
    const session = sessionOn([link], {
      attachments: () => [spec("silent"), spec("here")],
    });
    let changes = 0;
    session.onCatalogsChanged(() => (changes += 1));
    await session.request("listSchemas", { catalog: "here" });
    assert.deepEqual(
      link.requests.map(({ method }) => method),
      ["initialize", "attach", "attach", "listSchemas"],
    );
    await settled();
    const states = async (): Promise<string[]> =>
      (await session.listCatalogs()).map(
        ({ name, state, problem }) => `${name} ${state} ${problem?.class}`,
      );
    assert.deepEqual(await states(), [
      "here attached undefined",
      "silent attaching undefined",
    ]);
    const before = changes;
    answer();
    await settled();
    assert.ok(changes > before);
    assert.deepEqual(await states(), [
      "here attached undefined",
      "silent attached undefined",
    ]);
  });

  it("shows as detached what a DETACH of a statement has removed", async () => {
    const link = new FakeLink();
    const session = sessionOn([link], { attachments: () => [spec("pg")] });
    await session.listCatalogs();
    await settled();
    link.attached.delete("pg");
    assert.deepEqual(await session.listCatalogs(), []);
    assert.deepEqual([...session.detached.keys()], ["pg"]);
    await session.reconnect("pg");
    assert.deepEqual([...session.detached.keys()], []);
    assert.equal((await session.listCatalogs()).length, 1);
  });
});
