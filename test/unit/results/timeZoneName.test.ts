import assert from "node:assert/strict";
import {
  isTimeZoneName,
  timeZoneNames,
} from "../../../src/core/results/timeZoneName";

describe("names of time zones", () => {
  it("are those that a session can be set to", () => {
    for (const name of ["UTC", "europe/berlin", "Europe/Kyiv", "Etc/GMT+3"]) {
      assert.ok(isTimeZoneName(name), name);
    }
    for (const name of [
      "",
      " ",
      "+01:00",
      "Nowhere/Here",
      "UTC; DROP",
      "__proto__",
    ]) {
      assert.ok(!isTimeZoneName(name), name);
    }
  });

  it("are offered once each, with those that places have now", () => {
    const names = timeZoneNames();
    assert.equal(new Set(names).size, names.length);
    for (const name of ["UTC", "Asia/Kolkata", "Europe/Kyiv", "Asia/Tokyo"]) {
      assert.ok(names.includes(name), name);
    }
  });
});
