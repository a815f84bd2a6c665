import assert from "node:assert/strict";
import { tlsOptions } from "../../../src/engine/native/clientTls";

const values = {
  host: "/tmp",
  port: "5432",
  database: "d",
  user: "u",
  password: "",
  sslmode: "require",
  sslrootcert: "",
  options: {},
};
const place = { host: "/tmp", hostaddr: "", port: "5432", password: "" };

describe("TLS of a native connection", () => {
  it("is not spoken on a socket", () => {
    assert.equal(tlsOptions(values, place), false);
    assert.equal(tlsOptions(values, { ...place, host: "@abstract" }), false);
  });

  it("is spoken with an address, whatever the name beside it looks like", () => {
    assert.notEqual(
      tlsOptions(values, { ...place, hostaddr: "192.0.2.1" }),
      false,
    );
  });
});
