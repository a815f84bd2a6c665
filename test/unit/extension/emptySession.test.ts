import assert from "node:assert/strict";
import type { CatalogInfo } from "../../../src/protocol/catalog";
import type { EngineSession } from "../../../src/extension/engine/engineSession";
import { isEmptySession } from "../../../src/extension/explorer/emptySession";

describe("a session in which nothing is", () => {
  const catalog = (name: string): CatalogInfo =>
    ({ name, kind: "duckdb", problem: null }) as unknown as CatalogInfo;

  /** A session whose database in memory has these schemas with these tables. */
  const sessionWith = (
    schemas: Readonly<Record<string, readonly string[]>>,
    kind = "ready",
  ) =>
    ({
      state: { kind, info: { catalog: "memory" } },
      request: (method: string, { schema = "" }: { schema?: string }) =>
        Promise.resolve(
          method === "listSchemas" ? Object.keys(schemas) : schemas[schema],
        ),
    }) as unknown as EngineSession;

  const isEmpty = (
    schemas: Readonly<Record<string, readonly string[]>>,
    catalogs = [catalog("memory")],
  ) => isEmptySession(sessionWith(schemas), catalogs);

  it("has its own database in memory and nothing in it", async () => {
    assert.equal(await isEmpty({ main: [] }), true);
  });

  it("has no table, no schema and no other database of the user's", async () => {
    assert.equal(await isEmpty({ main: ["made"] }), false);
    assert.equal(await isEmpty({ main: [], other: [] }), false);
    const two = [catalog("memory"), catalog("by_statement")];
    assert.equal(await isEmpty({ main: [] }, two), false);
    assert.equal(await isEmpty({ main: [] }, [catalog("file")]), false);
  });

  it("is not claimed of an engine that is not ready", async () => {
    const starting = sessionWith({ main: [] }, "starting");
    assert.equal(await isEmptySession(starting, [catalog("memory")]), false);
  });
});
