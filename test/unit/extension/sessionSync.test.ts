import assert from "node:assert/strict";
import type { AttachmentSpec } from "../../../src/core/connections/attachment";
import type { AttachRequest } from "../../../src/protocol/engine";
import {
  EngineSession,
  type EngineSessionParts,
} from "../../../src/extension/engine/engineSession";
import { FakeLink, spec } from "./fakeLink";

/** A session on one engine, whose settings can be changed. */
function sessionWith(
  specs: readonly AttachmentSpec[],
  parts: Partial<EngineSessionParts> = {},
  unreachable: ReadonlySet<string> = new Set(),
) {
  const links: FakeLink[] = [];
  const settings = { specs, timeout: 10 };
  const session = new EngineSession({
    start: () => {
      const link = new FakeLink(unreachable);
      links.push(link);
      return link;
    },
    options: () => ({}) as never,
    attachments: () => settings.specs,
    withLimits: (each) => ({
      ...each,
      options: { connectTimeoutSeconds: settings.timeout, ...each.options },
    }),
    now: () => 0,
    ...parts,
  });
  const attached = () => [...(links.at(-1)?.attached.keys() ?? [])];
  /** What was asked of the engine since the last look, without the lists. */
  const asked = () =>
    (links.at(-1)?.requests.splice(0) ?? []).flatMap(({ method, params }) =>
      method === "listCatalogs"
        ? []
        : [`${method} ${(params as { alias?: string }).alias ?? ""}`.trim()],
    );
  return { session, settings, links, attached, asked };
}

describe("the session, while the settings are edited", () => {
  it("does nothing before the engine runs", async () => {
    const { session, links } = sessionWith([spec("a")]);
    await session.sync();
    assert.equal(session.state.kind, "stopped");
    assert.deepEqual(links, []);
  });

  it("attaches what is new, detaches what is gone, and touches nothing else", async () => {
    const { session, settings, asked, attached } = sessionWith([
      spec("a"),
      spec("b"),
    ]);
    await session.listCatalogs();
    asked();
    settings.specs = [spec("b"), spec("c")];
    await session.sync();
    assert.deepEqual(asked(), ["detach a", "attach c"]);
    await session.sync();
    assert.deepEqual(asked(), []);
    assert.deepEqual(attached(), ["b", "c"]);
  });

  it("attaches again what has changed, and everything when a limit has", async () => {
    const { session, settings, asked } = sessionWith([
      spec("a"),
      { ...spec("b"), options: { connectTimeoutSeconds: 3 } },
    ]);
    await session.listCatalogs();
    asked();
    settings.specs = settings.specs.map((each) =>
      each.alias === "a" ? { ...each, readOnly: false } : each,
    );
    await session.sync();
    assert.deepEqual(asked(), ["attach a"]);
    settings.timeout = 20;
    await session.sync();
    assert.deepEqual(asked(), ["attach a"], "b has a limit of its own");
  });

  it("leaves alone what was detached for the session, until it is attached again", async () => {
    const { session, settings, asked, attached } = sessionWith([spec("a")]);
    await session.listCatalogs();
    await session.detach("a");
    asked();
    settings.specs = [{ ...spec("a"), readOnly: false }, spec("b")];
    await session.sync();
    assert.deepEqual(asked(), ["attach b"]);
    assert.deepEqual([...session.detached.keys()], ["a"]);
    await session.restart();
    assert.deepEqual(attached(), ["b"]);
    await session.reconnect("a");
    assert.equal(session.attachments.get("a")?.readOnly, false);
    assert.deepEqual([...session.detached], []);
  });

  it("forgets a detached one that the settings no longer name", async () => {
    const { session, settings } = sessionWith([spec("a")]);
    await session.listCatalogs();
    await session.detach("a");
    settings.specs = [];
    await session.sync();
    assert.deepEqual([...session.detached], []);
    assert.equal(session.find("a"), undefined);
  });

  it("tells of what cannot be attached, once, with its alias and what could mend it", async () => {
    const { session, settings } = sessionWith([], {}, new Set(["away"]));
    const told: string[] = [];
    session.onAttachFailed(({ problem }) => {
      told.push(`${problem.alias ?? ""} ${problem.actions.join(" ")}`);
    });
    await session.listCatalogs();
    settings.specs = [spec("away")];
    await session.sync();
    await session.sync();
    assert.deepEqual(told, ["away reconnect editAttachment"]);
    const [info] = await session.listCatalogs();
    assert.equal(info?.problem?.class, "connectionRefused");
  });

  it("takes a change of upper and lower case for another name", async () => {
    const { session, settings, asked } = sessionWith([spec("a")]);
    await session.listCatalogs();
    asked();
    settings.specs = [spec("A")];
    await session.sync();
    assert.deepEqual(asked(), ["detach a", "attach A"]);
  });

  it("brings an engine in line that starts anew", async () => {
    const { session, settings, links, attached } = sessionWith([spec("a")]);
    await session.listCatalogs();
    settings.specs = [spec("b")];
    links[0]?.die();
    await session.listCatalogs();
    assert.deepEqual(attached(), ["b"]);
  });
});

describe("passwords that are not the source's", () => {
  const stored: AttachmentSpec = {
    ...spec("a"),
    options: { password: "prompt" },
  };

  it("go with every attach, also after a crash, and are in no list", async () => {
    const asked: boolean[] = [];
    const servers: string[] = [];
    const { session, links } = sessionWith([stored], {
      passwords: {
        find: (_spec, server, mayAsk) => {
          asked.push(mayAsk);
          servers.push(server);
          return Promise.resolve("pw-invented");
        },
        formerServer: () => Promise.resolve(undefined),
        refused: () => undefined,
      },
    });
    await session.listCatalogs();
    links[0]?.die();
    const catalogs = await session.listCatalogs();
    for (const link of links) {
      const attach = link.requests.find(({ method }) => method === "attach");
      const { password, passwordServer } = attach?.params as AttachRequest;
      // The engine refuses it when the source means another one meanwhile.
      assert.deepEqual(
        [password, passwordServer],
        ["pw-invented", "u at h:5432"],
      );
    }
    assert.equal(links.length, 2);
    assert.ok(
      !JSON.stringify([...session.attachments]).includes("pw-invented"),
    );
    assert.ok(!JSON.stringify(catalogs).includes("pw-invented"));
    assert.deepEqual(asked, [false, false], "nobody waits for it");
    assert.deepEqual(servers, ["u at h:5432", "u at h:5432"]);
  });

  it("are missing in words, with a way to enter them", async () => {
    const { session } = sessionWith([stored], {
      passwords: {
        find: () => Promise.resolve(undefined),
        formerServer: () => Promise.resolve(undefined),
        refused: () => undefined,
      },
    });
    const [info] = await session.listCatalogs();
    assert.equal(info?.problem?.class, "passwordMissing");
    assert.equal(info.problem.actions[0], "enterPassword");
  });

  it("are not sent to another server, and both servers are told", async () => {
    const { session, links } = sessionWith([stored], {
      passwords: {
        find: () => Promise.resolve(undefined),
        formerServer: () => Promise.resolve("u at old:5432"),
        refused: () => undefined,
      },
    });
    const [info] = await session.listCatalogs();
    assert.equal(info?.problem?.class, "passwordMissing");
    assert.match(
      info.problem.message,
      /entered for u at old:5432, and the source means u at h:5432 now: it was not sent/,
    );
    assert.equal(info.problem.actions[0], "enterPassword");
    assert.ok(!JSON.stringify(links[0]?.requests).includes('"password":"pw'));
  });
});
