import assert from "node:assert/strict";
import type { Attachments } from "../../src/engine/attachments/attachments";
import type { Connection } from "../../src/engine/duckdb";
import { ServerCancel } from "../../src/engine/runs/serverCancel";

describe("a cancel that comes after the end of its run", () => {
  const sentWhen = async (isWanted: () => boolean): Promise<string[]> => {
    const sent: string[] = [];
    const connection = {
      rows: (sql: string) => {
        sent.push(sql);
        return Promise.resolve([["by_sql"]]);
      },
    };
    const cancel = new ServerCancel(
      { all: [], get: () => undefined } as unknown as Attachments,
      connection as unknown as Connection,
      {
        connectTimeoutSeconds: 1,
        statementTimeoutSeconds: 1,
        idleInTransactionTimeoutSeconds: 1,
        applicationName: "viaduct-test",
        readOnly: true,
      },
      "viaduct-test",
    );
    await cancel.cancel(isWanted);
    return sent.filter((sql) => sql.includes("pg_cancel_backend"));
  };

  it("tells no server that a statement attached to stop: the next statement is at work there", async () => {
    assert.equal((await sentWhen(() => true)).length, 1);
    assert.deepEqual(await sentWhen(() => false), []);
  });
});
