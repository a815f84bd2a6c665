import assert from "node:assert/strict";
import fc from "fast-check";
import { serverText } from "../../../src/core/connections/connectionServer";
import type { ConnectionValues } from "../../../src/core/connections/connectionValues";

function text(values: Partial<ConnectionValues>): string {
  return serverText({
    host: "db",
    port: "5432",
    database: "d",
    user: "ann",
    password: "p",
    sslmode: "prefer",
    sslrootcert: "",
    options: {},
    ...values,
  });
}

describe("what a password is bound to", () => {
  it("is the user and every server, with its port and its address", () => {
    assert.equal(text({}), "ann at db:5432");
    assert.equal(
      text({ host: "a,b", port: "1,2", options: { hostaddr: ",192.0.2.1" } }),
      "ann at a:1, b [192.0.2.1]:2",
    );
    assert.equal(
      text({ host: "192.0.2.1", options: { hostaddr: "192.0.2.1" } }),
      "ann at 192.0.2.1:5432",
    );
    assert.equal(text({ host: "/run/pg" }), "ann at /run/pg:5432");
  });

  it("is not the database, nor the password", () => {
    assert.equal(text({ database: "x", password: "y" }), text({}));
  });

  it("is another one whenever one of them is", () => {
    const word = fc.stringMatching(/^[a-z0-9.]{1,8}$/);
    const port = fc.integer({ min: 1, max: 65_535 }).map(String);
    const values = fc.record({ host: word, port, user: word });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        assert.equal(text(one) === text(other), isSame);
      }),
    );
  });
});
